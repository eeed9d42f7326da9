/** A client that sees what comes as it comes: pieces of the body with their times, and how the connection ends. */
import { request } from 'node:http';
import { performance } from 'node:perf_hooks';

export interface RawAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  /** What each chunk of the chunked body brought. */
  readonly pieces: readonly Buffer[];
  readonly times: readonly number[];
  readonly text: string;
  /** `end`, or the code of the error that ended it. */
  readonly end: string;
}

export interface RawOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Leaves after so many bytes. */
  readonly leaveAfter?: number;
  readonly onPiece?: (text: string) => void;
}

export function askRaw(url: string, options: RawOptions = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const times: number[] = [];
    const call = request(url, {
      method: options.method ?? 'GET',
      headers: options.headers ?? {},
      agent: false,
    });
    call.once('error', reject);
    call.once('response', (response) => {
      let ended = false;
      const finish = (end: string): void => {
        if (ended) return;
        ended = true;
        const text = Buffer.concat(pieces).toString();
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, pieces, times, text, end });
      };
      call.off('error', reject);
      call.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
      response.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
      response.on('data', (piece: Buffer) => {
        pieces.push(piece);
        times.push(performance.now());
        options.onPiece?.(Buffer.concat(pieces).toString());
        const length = pieces.reduce((sum, one) => sum + one.length, 0);
        if (options.leaveAfter !== undefined && length >= options.leaveAfter) {
          finish('left');
          call.destroy();
        }
      });
      response.on('end', () => finish('end'));
    });
    call.end(options.body);
  });
}
