/**
 * Streams that an official client refuses or reads otherwise than we do, with the reason. It is data: the test fails for a
 * difference that is not here, for one here that is none any more, and when docs/dialects.md does not say the same.
 */
import { OPENAI_EXCEPTIONS } from './exceptions-openai.ts';
import { OTHER_EXCEPTIONS } from './exceptions-others.ts';
import type { ClientName } from './streams.ts';

interface Reason {
  readonly client: ClientName;
  /** What the streams show. */
  readonly shows: string;
  /** What the client does. */
  readonly does: string;
  /** What is right, and what we do. */
  readonly right: string;
  readonly streams: readonly string[];
}

/** The client rejects, and its error matches. */
interface Refused extends Reason {
  readonly says: RegExp;
}

/** The client comes to another answer, in exactly these places. */
interface Misread extends Reason {
  readonly differs: readonly string[];
}

export type OracleException = Refused | Misread;

export const EXCEPTIONS: readonly OracleException[] = [...OPENAI_EXCEPTIONS, ...OTHER_EXCEPTIONS];

export function exceptionOf(client: ClientName, stream: string): OracleException | null {
  return EXCEPTIONS.find((one) => one.client === client && one.streams.includes(stream)) ?? null;
}

/** The list in docs/dialects.md, an entry a line. */
export function exceptionLines(): string[] {
  return EXCEPTIONS.map(({ client, shows, does, right, streams }) => {
    const names = streams.map((stream) => `\`${stream}\``).join(', ');
    return `**${client}**, on ${shows}: it ${does}. Right: ${right}. ${names}`;
  });
}
