/** A tap answers in place of the server, and ends the connection. */
import type { Socket } from 'node:net';
import { answerHead, type TapAnswer } from '../../shared/tap/tap-answer.ts';

/** A client whose request was refused may still be sending: it is listened to for so long, so that it sees the answer. */
const LINGER_MS = 2000;

export function sayAnswer(client: Socket, answer: TapAnswer): void {
  client.end(answerHead(answer, Buffer.byteLength(answer.body)) + answer.body);
  const linger = setTimeout(() => client.destroy(), LINGER_MS);
  client.once('close', () => clearTimeout(linger));
}
