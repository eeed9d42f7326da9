/** What a server does to one client of the fuzzer: connection after connection, byte by byte. As a value, and as JSON for fixtures. */

/** How the head of an answer may say that it is an event stream. */
export const CONTENT_TYPES = [
  'text/event-stream',
  'text/event-stream; charset=utf-8',
  'text/event-stream;charset=UTF-8',
  'text/event-stream;',
  'Text/Event-Stream; x=1',
] as const;

export interface PlannedConnection {
  /** Each is a write of its own, so the body is cut between them. */
  readonly writes: readonly Uint8Array[];
  readonly contentType: string;
  /** `until-close`: no length is said. `chunked`: each write is a chunk. `truncated`: chunks without the last one. */
  readonly framing: 'until-close' | 'chunked' | 'truncated';
}

/** The answer that ends it: each makes a browser give up for good. */
export const FINAL_ANSWERS = ['no-content', 'server-error', 'not-found', 'other-type'] as const;

export interface Plan {
  readonly connections: readonly PlannedConnection[];
  readonly final: (typeof FINAL_ANSWERS)[number];
}

/** A plan as JSON. A write is text where its bytes are UTF-8, else `{ "hex": … }`. */
export interface WrittenPlan {
  readonly connections: readonly {
    readonly writes: readonly (string | { readonly hex: string })[];
    readonly contentType: string;
    readonly framing: PlannedConnection['framing'];
  }[];
  readonly final: Plan['final'];
}

export function writtenPlan(plan: Plan): WrittenPlan {
  return {
    final: plan.final,
    connections: plan.connections.map(({ writes, contentType, framing }) => ({
      contentType,
      framing,
      writes: writes.map((bytes) => {
        const text = Buffer.from(bytes).toString();
        return Buffer.compare(Buffer.from(text), bytes) === 0
          ? text
          : { hex: Buffer.from(bytes).toString('hex') };
      }),
    })),
  };
}

export function planOf(written: WrittenPlan): Plan {
  return {
    final: written.final,
    connections: written.connections.map(({ writes, contentType, framing }) => ({
      contentType,
      framing,
      writes: writes.map((part) =>
        Buffer.from(typeof part === 'string' ? part : Buffer.from(part.hex, 'hex')),
      ),
    })),
  };
}

/** All bytes of a connection's body. */
export function bodyOf(connection: PlannedConnection): Buffer {
  return Buffer.concat(connection.writes);
}

/** What one client made of a plan. */
export interface ClientLog {
  readonly attempts: readonly {
    /** The bytes of Last-Event-ID as the server got them, in hex; null when the header was not there. */
    readonly sentId: string | null;
    readonly opened: boolean;
    readonly events: readonly (readonly [type: string, data: string, lastEventId: string])[];
  }[];
  /** How long the client waited before each attempt but the first, in milliseconds. */
  readonly waitsMs: readonly number[];
  /** `closed`: it gave up for good, as it should. */
  readonly end: 'closed' | 'timeout';
}
