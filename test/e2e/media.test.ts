/** Sound and pictures inside a stream, shown by the real Chromium of the window under its content policy; and what a stream is read as. */
import { startSseServer, type SseServer } from '../support/sse-server.ts';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

const RATE = 24_000;
const SECONDS = 0.5;

/** A tone as 16-bit PCM, as speech models stream it. */
function tone(): Buffer {
  const samples = new Int16Array(RATE * SECONDS);
  for (let at = 0; at < samples.length; at += 1)
    samples[at] = Math.round(8000 * Math.sin((at * 440 * 2 * Math.PI) / RATE));
  return Buffer.from(samples.buffer);
}

/** Events of a speech stream, cut where no sample and no character of base64 ends. */
function speech(): string {
  const sound = tone();
  const deltas = [sound.subarray(0, 7001), sound.subarray(7001)].map(
    (piece) => `data: ${JSON.stringify({ type: 'speech.audio.delta', audio: piece.toString('base64') })}\n\n`,
  );
  const usage = { input_tokens: 3, output_tokens: 9, total_tokens: 12 };
  return `${deltas.join('')}data: ${JSON.stringify({ type: 'speech.audio.done', usage })}\n\n`;
}

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

function picture(): string {
  const partial = {
    type: 'image_generation.partial_image',
    b64_json: PICTURE,
    partial_image_index: 0,
    output_format: 'png',
  };
  const completed = {
    type: 'image_generation.completed',
    b64_json: PICTURE,
    output_format: 'png',
    usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
  };
  return [partial, completed].map((one) => `data: ${JSON.stringify(one)}\n\n`).join('');
}

async function serve(text: string): Promise<SseServer> {
  return startSseServer({
    '/stream': async (call) => {
      await call.write(text);
      await call.closed;
    },
  });
}

test('sound that was streamed in pieces plays', async ({ launch }) => {
  const server = await serve(speech());
  try {
    const { page } = await launch({ args: [`${server.origin}/stream`] });
    const window = theWindow(page);
    await expect(window.header).toContainText('3 events');
    await window.tab('Completion');
    await page.getByRole('region', { name: 'Audio' }).getByRole('button', { name: /^Load/ }).click();
    const player = page.locator('audio');
    await expect
      .poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration))
      .toBeCloseTo(SECONDS, 1);
    await player.evaluate((audio: HTMLAudioElement) => audio.play());
    await expect
      .poll(() => player.evaluate((audio: HTMLAudioElement) => audio.currentTime))
      .toBeGreaterThan(0);
    await window.stop();
  } finally {
    await server.stop();
  }
});

test('a picture that was streamed is shown', async ({ launch }) => {
  const server = await serve(picture());
  try {
    const { page } = await launch({ args: [`${server.origin}/stream`] });
    const window = theWindow(page);
    await expect(window.header).toContainText('2 events');
    await window.tab('Completion');
    const image = page.getByRole('img', { name: 'Made by the model' });
    await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(1);
    await expect(page.getByText('2 versions')).toBeVisible();
    await window.stop();
  } finally {
    await server.stop();
  }
});

test('JSON that nobody knows is read at a path that is offered, and at one that is typed', async ({
  launch,
}) => {
  const words = ['Waves', ' come', ' and', ' go'];
  const server = await serve(
    words
      .map((word, at) => `data: ${JSON.stringify({ n: at, out: { piece: word }, tag: `t${at}` })}\n\n`)
      .join(''),
  );
  try {
    const { page } = await launch({ args: [`${server.origin}/stream`] });
    const window = theWindow(page);
    await expect(window.header).toContainText('4 events');
    await window.tab('Completion');
    await page.getByRole('button', { name: /out\.piece/ }).click();
    await expect(page.getByRole('article').first()).toContainText('Waves come and go');
    const path = page.getByRole('textbox', { name: 'Path to the text' });
    await path.fill('tag');
    await path.press('Enter');
    await expect(page.getByRole('article').first()).toContainText('t0t1t2t3');
    await window.stop();
  } finally {
    await server.stop();
  }
});
