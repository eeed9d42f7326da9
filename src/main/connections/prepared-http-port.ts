/**
 * An HttpPort that first gets what a request lacks and only the surroundings know: the sizes of its files, and its access token.
 * A token that was kept from before and is answered by 401 is fetched anew, once. Everything goes on to the port below.
 */
import { EMPTY_TALLY } from '../../shared/connection/machine-types.ts';
import type { ClientCredentials } from '../../shared/connection/request-auth.ts';
import type { RequestMessage } from '../../shared/connection/request-message.ts';
import { bodyBytes } from './body-stream.ts';
import type { ExchangeOptions, HttpExchange, HttpListener, HttpPort } from './http-port.ts';
import { NotSentError, type TokenSource } from './token-source.ts';

export function createPreparedHttpPort(inner: HttpPort, tokens: TokenSource): HttpPort {
  return {
    ...inner,
    open(message, listener, options) {
      const ready = typeof message.body === 'string' && !message.oauth2;
      return ready
        ? inner.open(message, listener, options)
        : openPrepared(inner, tokens, message, listener, options);
    },
  };
}

function openPrepared(
  inner: HttpPort,
  tokens: TokenSource,
  asked: RequestMessage,
  listener: HttpListener,
  options: ExchangeOptions,
): HttpExchange {
  let exchange: HttpExchange | null = null;
  let over = false;
  let paused = false;

  const send = (message: RequestMessage, heard: HttpListener) => {
    if (over) return;
    exchange = inner.open(message, heard, options);
    if (paused) exchange.pause();
  };
  const sendWithToken = async (message: RequestMessage, credentials: ClientCredentials, again: boolean) => {
    const { value, fresh } = await tokens.get(credentials, options);
    if (over) return;
    listener.tokenUsed?.(credentials.tokenUrl, fresh, again);
    const authorized = {
      ...message,
      headers: [...message.headers, ['Authorization', `Bearer ${value}`] as const],
    };
    send(authorized, {
      ...listener,
      headReceived(head) {
        if (head.status !== 401) return listener.headReceived(head);
        tokens.forget(credentials, value);
        // One that was got just now is refused for another reason.
        if (fresh || again) return listener.headReceived(head);
        exchange?.abort();
        exchange = null;
        void guarded(() => sendWithToken(message, credentials, true));
      },
    });
  };
  const guarded = async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      if (over) return;
      over = true;
      const failure =
        error instanceof NotSentError
          ? error.failure
          : { code: 'other' as const, message: error instanceof Error ? error.message : String(error) };
      listener.failed(failure);
    }
  };

  void guarded(async () => {
    const { oauth2, ...message } = await withLength(asked);
    if (oauth2) await sendWithToken(message, oauth2, false);
    else send(message, listener);
  });

  return {
    pause() {
      paused = true;
      exchange?.pause();
    },
    resume() {
      paused = false;
      exchange?.resume();
    },
    abort() {
      over = true;
      exchange?.abort();
    },
    tally: () => exchange?.tally() ?? EMPTY_TALLY,
  };
}

/** The message with the length of its body, as it is now. */
async function withLength(message: RequestMessage): Promise<RequestMessage> {
  if (typeof message.body === 'string') return message;
  const bytes = await bodyBytes(message.body);
  if (typeof bytes !== 'number') throw new NotSentError(bytes);
  const headers = message.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  return { ...message, headers: [...headers, ['Content-Length', String(bytes)]] };
}
