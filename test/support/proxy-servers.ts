/** Small proxies on loopback: HTTP (CONNECT and whole addresses) and SOCKS5, both with a user name if asked. */
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';

export interface TestProxy {
  readonly port: number;
  /** What was asked for: "CONNECT host:port", "GET http://…", "SOCKS name:port". */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** "name:password" */
  readonly credentials?: string;
  /** An HTTP proxy that is itself reached over TLS. */
  readonly tls?: https.ServerOptions;
}

export async function startHttpProxy({ credentials, tls }: ProxyOptions = {}): Promise<TestProxy> {
  const asked: string[] = [];
  const isWelcome = (request: http.IncomingMessage) =>
    credentials === undefined ||
    request.headers['proxy-authorization'] === `Basic ${Buffer.from(credentials).toString('base64')}`;
  const answer: http.RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (!isWelcome(request)) return void response.writeHead(407, { 'Proxy-Authenticate': 'Basic' }).end('no');
    const { 'proxy-authorization': _own, ...headers } = request.headers;
    const forwarded = http.request(request.url ?? '', { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    response.on('close', () => forwarded.destroy());
    request.pipe(forwarded);
  };
  const server = tls ? https.createServer(tls, answer) : http.createServer(answer);
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    if (!isWelcome(request)) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(request.url ?? '') ?? [];
    join(socket, host.replace(/^\[|\]$/g, ''), Number(port), () =>
      socket.write('HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n'),
    );
  });
  return listening(server, asked);
}

export async function startSocksProxy({ credentials }: ProxyOptions = {}): Promise<TestProxy> {
  const asked: string[] = [];
  const server = net.createServer(
    (socket) => void serveSocks(socket, credentials, asked).catch(() => socket.destroy()),
  );
  return listening(server, asked);
}

async function serveSocks(socket: Socket, credentials: string | undefined, asked: string[]): Promise<void> {
  socket.on('error', () => {});
  const take = async (count: number): Promise<Buffer> => {
    for (;;) {
      const bytes = socket.read(count) as Buffer | null;
      if (bytes) return bytes;
      await new Promise((resolve) => socket.once('readable', resolve));
    }
  };
  const [, methods = 0] = await take(2);
  const offered = [...(await take(methods))];
  const method = credentials === undefined ? 0 : 2;
  if (!offered.includes(method)) return void socket.end(Buffer.from([5, 0xff]));
  socket.write(Buffer.from([5, method]));
  if (method === 2) {
    const name = await take((await take(2))[1] ?? 0);
    const password = await take((await take(1))[0] ?? 0);
    const isWelcome = `${name.toString()}:${password.toString()}` === credentials;
    socket.write(Buffer.from([1, isWelcome ? 0 : 1]));
    if (!isWelcome) return void socket.end();
  }
  const [, , , kind] = await take(4);
  const host =
    kind === 3
      ? (await take((await take(1))[0] ?? 0)).toString()
      : kind === 1
        ? [...(await take(4))].join('.')
        : ((await take(16)).toString('hex').match(/.{4}/g) ?? []).join(':');
  const port = (await take(2)).readUInt16BE();
  asked.push(`SOCKS ${host}:${port}`);
  if (host === 'forbidden.example') return void socket.end(Buffer.from([5, 2, 0, 1, 0, 0, 0, 0, 0, 0]));
  join(socket, host, port, () => socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0])));
}

function join(socket: Socket, host: string, port: number, onJoined: () => void): void {
  const target = net.connect(port, host, () => {
    onJoined();
    socket.pipe(target).pipe(socket);
  });
  target.on('error', () => socket.destroy());
  socket.on('error', () => target.destroy());
  target.on('close', () => socket.destroy());
  socket.on('close', () => target.destroy());
}

async function listening(server: net.Server, asked: string[]): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
