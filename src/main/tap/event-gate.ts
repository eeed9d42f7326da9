/**
 * A response on its way through the rules of a tap: its body is cut into frames, and what no rule touches goes on byte for byte as
 * soon as its frame is whole. Frames keep their order: behind one that waits, all wait. Owns the timers and the held events of one
 * response.
 */
import type { Framing } from '../../shared/sse/framing.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { createBodyReader } from '../../shared/sse/body-reader.ts';
import type { ParsedFrame } from '../../shared/sse/types.ts';
import type { TapMarkEntry } from '../../shared/session/tap-mark.ts';
import type { EventJudge, EventVerdict } from '../../shared/tap/event-verdict.ts';
import type { HeldVerdict } from '../../shared/tap/tap-state.ts';

export interface GateOptions {
  readonly byteText: ByteText;
  readonly framing: Framing;
  readonly judge: EventJudge;
  readonly nowMs: () => number;
  /** A part of the body for the client. */
  readonly write: (bytes: Uint8Array) => void;
  readonly mark: (mark: Omit<TapMarkEntry, 'kind' | 'attempt'>) => void;
  /** An event waits for somebody, who answers by `decide` under this number. */
  readonly onHeld: (held: GateHeld) => void;
  /** It waits no longer. */
  readonly onLetGo: (id: number) => void;
  /** The rules end the connection here; nothing is written any more. */
  readonly onCut: (how: 'end' | 'reset') => void;
  /** The body is over and everything has been written. */
  readonly onDone: () => void;
  /** More waits here than should, or no longer. */
  readonly onFull: (full: boolean) => void;
}

export interface GateHeld {
  readonly id: number;
  readonly type: string;
  /** null when it is binary. */
  readonly text: string | null;
}

export interface EventGate {
  /** Decoded body, all that one read brought. */
  push(bytes: Uint8Array, arrivedMs: number): void;
  end(): void;
  decide(heldId: number, verdict: HeldVerdict): void;
  /** Events behind a held one. */
  readonly waiting: number;
  /** Forgets everything; nothing is told any more. */
  close(): void;
}

interface Item {
  bytes: Uint8Array;
  readonly dueMs: number;
  readonly heldId: number | null;
  readonly event: number | null;
  readonly cut: 'end' | 'reset' | null;
  readonly rules: string;
}

const FULL_BYTES = 1024 * 1024;
const MAX_MARKED_CHARS = 64 * 1024;
let heldCount = 0;

export function createEventGate(options: GateOptions): EventGate {
  const { byteText, judge, nowMs, mark } = options;
  const startedMs = nowMs();
  const isText = options.framing !== 'aws-event-stream';
  let queue: Item[] = [];
  let queuedBytes = 0;
  let full = false;
  let timer: NodeJS.Timeout | null = null;
  let arrivedMs = 0;
  let ended = false;
  let closed = false;
  let lastDropped = false;

  const enqueue = (bytes: Uint8Array, verdict: EventVerdict | null): void => {
    const event = verdict && verdict.rules.length > 0 ? judge.events : null;
    const rules = verdict?.rules.join(' and ') ?? '';
    const heldId = verdict?.hold ? (heldCount += 1) : null;
    const dueMs = verdict && verdict.delayMs > 0 ? arrivedMs + verdict.delayMs : 0;
    queue.push({ bytes, dueMs, heldId, event, cut: verdict?.cut ?? null, rules });
    queuedBytes += bytes.length;
  };

  const take = (frame: Readonly<ParsedFrame>): void => {
    const verdict = judge.judge(frame, arrivedMs - startedMs);
    // A copy: the reader's bytes are valid during this call only.
    let bytes: Uint8Array = Uint8Array.from(reader.frameBytes());
    const by = verdict.rules.join(' and ');
    const event = judge.events;
    lastDropped = verdict.drop;
    if (verdict.drop) {
      mark({ what: 'dropped', message: `Event ${event} was dropped by ${by}.`, event });
      if (verdict.cut) enqueue(new Uint8Array(0), { ...verdict, hold: false, delayMs: 0 });
      return;
    }
    if (verdict.edit) bytes = edited(bytes, verdict.edit, event, by);
    if (verdict.delayMs > 0)
      mark({
        what: 'delayed',
        message: `Event ${event} was delayed by ${verdict.delayMs.toLocaleString('en')} ms by ${by}.`,
        event,
      });
    enqueue(bytes, verdict.rules.length > 0 ? verdict : null);
    const item = queue.at(-1);
    if (typeof item?.heldId !== 'number') return;
    mark({ what: 'held', message: `Event ${event} is held by ${by}.`, event });
    options.onHeld({ id: item.heldId, type: frame.eventType ?? '', text: isText ? textOf(bytes) : null });
  };

  const edited = (
    bytes: Uint8Array,
    edit: (text: string) => string,
    event: number,
    by: string,
  ): Uint8Array => {
    if (!isText) return bytes;
    const text = textOf(bytes);
    // The line ends that end the frame stay: without them the next event would be a part of this one.
    const end = /[\r\n]*$/.exec(text)?.[0] ?? '';
    const changed = edit(text.slice(0, text.length - end.length)) + end;
    if (changed === text) return bytes;
    mark({
      what: 'edited',
      message: `Event ${event} was edited by ${by}.`,
      event,
      sent: changed.slice(0, MAX_MARKED_CHARS),
    });
    return Buffer.from(changed);
  };

  const textOf = (bytes: Uint8Array) => byteText.utf8(bytes, 0, bytes.length);

  const reader = createBodyReader({
    byteText,
    onFrame: take,
    // The line feed of a CRLF whose CR had ended the frame before: it goes where that went.
    onExtend: () => void (lastDropped || enqueue(Uint8Array.of(10), null)),
  });
  reader.begin(0, options.framing);

  const pump = (): void => {
    if (closed) return;
    if (timer) clearTimeout(timer);
    timer = null;
    const out: Uint8Array[] = [];
    const flush = () => {
      const [only] = out;
      if (only) options.write(out.length === 1 ? only : Buffer.concat(out));
      out.length = 0;
    };
    for (let item = queue[0]; item; item = queue[0]) {
      if (item.heldId !== null) break;
      const leftMs = item.dueMs - nowMs();
      if (leftMs > 0) {
        timer = setTimeout(pump, Math.ceil(leftMs));
        break;
      }
      queue.shift();
      queuedBytes -= item.bytes.length;
      if (item.bytes.length > 0) out.push(item.bytes);
      if (item.cut === null) continue;
      flush();
      const how = item.cut === 'reset' ? 'reset' : 'ended';
      mark({
        what: 'cut',
        message: `The connection was ${how} behind event ${item.event ?? 0} by ${item.rules}.`,
        event: item.event,
      });
      close();
      options.onCut(item.cut);
      return;
    }
    flush();
    const isFull = queuedBytes > FULL_BYTES;
    if (isFull !== full) options.onFull((full = isFull));
    if (!ended || queue.length > 0) return;
    close();
    options.onDone();
  };

  function close(): void {
    closed = true;
    if (timer) clearTimeout(timer);
    timer = null;
    for (const { heldId } of queue) if (heldId !== null) options.onLetGo(heldId);
    queue = [];
  }

  return {
    push(bytes, atMs) {
      if (closed) return;
      arrivedMs = atMs;
      reader.push(bytes);
      pump();
    },
    end() {
      if (closed) return;
      reader.end();
      ended = true;
      pump();
    },
    decide(heldId, verdict) {
      const at = queue.findIndex((item) => item.heldId === heldId);
      const item = queue[at];
      if (!item) return;
      const bytes =
        verdict.kind === 'edit'
          ? Buffer.from(verdict.text)
          : verdict.kind === 'drop'
            ? new Uint8Array(0)
            : item.bytes;
      queuedBytes += bytes.length - item.bytes.length;
      queue[at] = { ...item, bytes, heldId: null };
      options.onLetGo(heldId);
      const { event } = item;
      const number = event ?? 0;
      const told = {
        release: { what: 'released', message: `You let event ${number} go on.` },
        drop: { what: 'dropped', message: `You dropped event ${number}.` },
        edit: { what: 'edited', message: `You edited event ${number} and let it go on.` },
      } as const;
      const sent = verdict.kind === 'edit' ? { sent: verdict.text.slice(0, MAX_MARKED_CHARS) } : {};
      mark({ ...told[verdict.kind], event, ...sent });
      pump();
    },
    get waiting() {
      return queue.filter((item) => item.heldId === null).length;
    },
    close: () => void (closed || close()),
  };
}
