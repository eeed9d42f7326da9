/** A program that takes the writer's lock of a folder, says "taken" or "held", and keeps it until its input ends: `node lock-taker.mjs FOLDER`. */
import { releaseLock, takeLock, HeldByOther } from '../../../src/main/capture/writer-lock.ts';

const [folder = ''] = process.argv.slice(2);

try {
  await takeLock(folder);
  process.stdout.write('taken\n');
  process.stdin.resume();
  process.stdin.once('end', () => void releaseLock(folder));
} catch (error) {
  if (!(error instanceof HeldByOther)) throw error;
  process.stdout.write('held\n');
  process.stdin.resume();
}
