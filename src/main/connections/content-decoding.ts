/**
 * Undoes Content-Encoding while a body streams: what one socket read completes comes out at once, and is told before the next
 * read goes in, so that arrival times stay true. Nothing is gathered on the way: a coding waits until the next one has taken
 * what it made.
 */
import type { Transform } from 'node:stream';
import { contentCodings, type OpenCoding } from './content-codings.ts';
import {
  createInflationMeter,
  InflationError,
  noBytes,
  type InflationLimits,
  type InflationMeter,
} from './inflation-meter.ts';

export interface BodyDecoder {
  /** Decodes a part; `emit` gets what it completes, then `done` is called, with an error if the data is damaged or a bomb. */
  write(bytes: Uint8Array, emit: Emit, done: Done): void;
  /** The body is over: emits what is left; an error says that it was cut short. */
  end(emit: Emit, done: Done): void;
  pause(): void;
  resume(): void;
  destroy(): void;
}

type Emit = (decoded: Uint8Array) => void;
type Done = (error: Error | null) => void;

/** One coding of a body that may have several. */
interface Stage extends BodyDecoder {
  /** Bytes that were made and not emitted, because it is paused. */
  readonly held: number;
}

/** More codings than this, one in another, only somebody sends who means harm. */
const MAX_CODINGS = 8;

/**
 * The decoder of a body with these Content-Encoding values, or null when there is nothing to undo. Unknown encodings, such as
 * the `none` that some servers send, mean that the bytes are taken as they are.
 */
export function decoderFor(
  contentEncodings: readonly string[],
  limits: InflationLimits,
  codings: ReadonlyMap<string, OpenCoding> = contentCodings(),
): BodyDecoder | null {
  const names = contentEncodings
    .join(',')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity' && name !== 'none');
  // Below an encoding that is not known nothing can be undone.
  const openers = names.flatMap((name) => codings.get(name) ?? []);
  if (openers.length === 0 || openers.length < names.length) return null;
  if (openers.length > MAX_CODINGS) return refusing(openers.length);
  const meter = createInflationMeter(limits);
  // The last that was applied is undone first.
  const stages = openers.reverse().map((open) => createStage(open, meter));
  return metered(
    stages.reduceRight((inner, outer) => chain(outer, inner)),
    meter,
  );
}

function metered(decoder: BodyDecoder, meter: InflationMeter): BodyDecoder {
  return {
    ...decoder,
    write(bytes, emit, done) {
      meter.read(bytes.length);
      decoder.write(bytes, emit, done);
    },
  };
}

function refusing(codings: number): BodyDecoder {
  const error = new InflationError(
    `it is compressed ${codings} times over, and more than ${MAX_CODINGS} times is taken for an attack. Look at the server's Content-Encoding.`,
  );
  const refuse = (done: Done) => done(error);
  const nothing = () => {};
  return {
    write: (_bytes, _emit, done) => refuse(done),
    end: (_emit, done) => refuse(done),
    pause: nothing,
    resume: nothing,
    destroy: nothing,
  };
}

function createStage(open: OpenCoding, meter: InflationMeter): Stage {
  const made = noBytes();
  let stream: Transform | null = null;
  let over = false;
  let paused = false;
  let emit: Emit = () => {};
  let done: Done | null = null;

  const settle = (error: Error | null | undefined) => {
    const settled = done;
    done = null;
    settled?.(error ?? null);
  };
  const take = (decoded: Uint8Array) => {
    const error = meter.inflated(made, decoded.length);
    if (!error) return emit(decoded);
    over = true;
    stream?.destroy();
    settle(error);
  };
  const opened = (first: Uint8Array): Transform => {
    if (stream) return stream;
    stream = open(first);
    stream.on('data', take);
    stream.on('error', settle);
    stream.on('end', () => {
      over = true;
      settle(null);
    });
    if (paused) stream.pause();
    return stream;
  };

  return {
    get held() {
      return stream?.readableLength ?? 0;
    },
    write(bytes, onDecoded, onDone) {
      if (over || bytes.length === 0) return onDone(null);
      emit = onDecoded;
      done = onDone;
      opened(bytes).write(bytes, settle);
    },
    end(onDecoded, onDone) {
      if (over || !stream) return onDone(null);
      emit = onDecoded;
      done = onDone;
      stream.end();
    },
    pause() {
      paused = true;
      stream?.pause();
    },
    resume() {
      paused = false;
      stream?.resume();
    },
    destroy() {
      done = null;
      emit = () => {};
      stream?.destroy();
    },
  };
}

/** Two stages, one after the other; `outer` was applied last and is undone first. It makes nothing while `inner` is busy. */
function chain(outer: Stage, inner: Stage): Stage {
  const through = (feed: (emit: Emit, done: Done) => void, emit: Emit, done: Done) => {
    const parts: Uint8Array[] = [];
    let fed = false;
    let failed: Error | null = null;
    let busy = false;
    let told = false;
    const tell = (error: Error | null) => {
      if (told) return;
      told = true;
      done(error);
    };
    const passOn = (): void => {
      if (busy) return;
      const part = parts.shift();
      if (part) {
        busy = true;
        inner.write(part, emit, (error) => {
          busy = false;
          if (error) tell(error);
          else passOn();
        });
        return;
      }
      outer.resume();
      if (fed && (failed || outer.held === 0)) tell(failed);
    };
    feed(
      (part) => {
        parts.push(part);
        outer.pause();
        passOn();
      },
      (error) => {
        fed = true;
        failed = error;
        passOn();
      },
    );
  };
  return {
    get held() {
      return inner.held;
    },
    write: (bytes, emit, done) => through((onPart, onDone) => outer.write(bytes, onPart, onDone), emit, done),
    end: (emit, done) =>
      through(
        (onPart, onDone) => outer.end(onPart, onDone),
        emit,
        (error) => (error ? done(error) : inner.end(emit, done)),
      ),
    pause: () => inner.pause(),
    resume: () => inner.resume(),
    destroy() {
      outer.destroy();
      inner.destroy();
    },
  };
}
