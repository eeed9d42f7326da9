/** Times of answers and two of them side by side, in the built app: also the tokenizer, which is loaded when it is needed. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

/** A chat answer without usage, so that its tokens have to be estimated. */
async function serveAnswer(words: readonly string[]): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const chunk = (content: string) =>
      `data: ${JSON.stringify({ id: 'a', model: 'tern-1', choices: [{ index: 0, delta: { content } }] })}\n\n`;
    const write = (at: number): void => {
      const word = words[at];
      if (word === undefined) return void response.end('data: [DONE]\n\n');
      response.write(chunk(word));
      setTimeout(() => write(at + 1), 20);
    };
    write(0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/answer`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('an answer without usage is timed with an estimate, and compared with another one', async ({
  launch,
}) => {
  const answer = await serveAnswer(
    'Server-Sent Events are lines of text. The tern flies from pole to pole.'.split(/(?<= )/),
  );
  const { page } = await launch();
  const window = theWindow(page);
  const timing = page.getByRole('region', { name: 'Timing' });
  try {
    await window.connectTo('Chat completion');
    await expect(window.header).toContainText('Ended');
    await window.tab('Completion');
    await expect(timing).toContainText('Tokens/s, decoding');
    await expect(timing).not.toContainText('estimated');
    await expect(timing.getByRole('img', { name: /^Speed over the answer/ })).toBeVisible();
    await window.connectToAddress(answer.url);
    await expect(window.header).toContainText('Ended');
    await expect(timing).toContainText('estimated');
    await expect(timing.getByRole('img', { name: /^Histogram of the gaps/ })).toBeVisible();

    await timing.getByRole('button', { name: 'Compare with…' }).click();
    await expect(page.getByText('One more to compare it with')).toBeVisible();
    await page.getByRole('button', { name: 'Choose sessions…' }).click();
    await page
      .getByRole('menuitemradio', { name: /Chat completion/ })
      .last()
      .click();
    const numbers = page.getByRole('region', { name: 'What is measured' });
    await expect(numbers.getByRole('columnheader')).toHaveCount(3);
    await expect(numbers.getByRole('row', { name: /First answer chunk/ })).toContainText('ms');
    const texts = page.getByRole('region', { name: 'Texts side by side' });
    await expect(texts.locator('mark').first()).toBeVisible();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(timing).toBeVisible();
  } finally {
    answer.close();
  }
});
