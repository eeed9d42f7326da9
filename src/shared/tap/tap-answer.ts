/** What a tap answers itself, when it does not pass a request on: the shape is one that the clients of model APIs read. */

/** Status texts of the answers that a tap gives; others go without one. */
const TEXTS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  529: 'Overloaded',
};

export const NO_PROXY = 'a tap is a base address and no proxy: set it where the program takes a base URL.';

/** What is marked when it was done. */
export const TURNED = 'The redirect of the server was turned to the tap, so that the program stays with it.';

export interface TapAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** An answer that explains why the request did not pass. */
export function explanation(status: number, code: string, message: string): TapAnswer {
  const error = { type: 'streamscope_tap', code, message: `Streamscope tap: ${message}` };
  return {
    status,
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: `${JSON.stringify({ error })}\n`,
  };
}

/** The answer of a rule; "" becomes an explanation. */
export function ruledAnswer(status: number, body: string): TapAnswer {
  if (body === '')
    return explanation(status, 'rule', `a rule of the tap answered ${status} in place of the server.`);
  const isJson = /^\s*[{[]/.test(body);
  return {
    status,
    headers: [['Content-Type', isJson ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8']],
    body,
  };
}

/** The head of an answer, in ASCII. The connection ends behind it. */
export function answerHead({ status, headers }: TapAnswer, bodyBytes: number): string {
  const lines = [...headers, ['Content-Length', String(bodyBytes)], ['Connection', 'close']]
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  return `HTTP/1.1 ${status} ${TEXTS[status] ?? ''}\r\n${lines}\r\n`;
}
