/** A network that always answers with the same bytes, in the same writes. */
import type { Writes } from './answer.ts';

export function cannedFetch(writes: Writes): () => Promise<Response> {
  return async () => {
    const left = [...writes];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = left.shift();
        if (next) controller.enqueue(next);
        else controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
}
