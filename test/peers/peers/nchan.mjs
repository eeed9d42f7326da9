import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture } from '../../../scripts/setup/run.mjs';
import { freePort, startProgram } from '../processes.mjs';
import { commentsOf, dataOf, headerOf, record } from '../record.mjs';

export const name = 'nginx with nchan';
export const packages = [];

const MODULE = '/usr/lib/nginx/modules/ngx_nchan_module.so';

/** Why it cannot run here, or null. */
export async function missing() {
  const { code } = await capture('nginx', ['-v']);
  if (code === 0 && existsSync(MODULE)) return null;
  return 'apt-get install -y --no-install-recommends nginx-light libnginx-mod-nchan';
}

export async function version() {
  const { output } = await capture('nginx', ['-v']);
  return /nginx\/[\d.]+/.exec(output)?.[0] ?? 'nginx';
}

export async function run(check) {
  const folder = await mkdtemp(join(tmpdir(), 'streamscope-nchan-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  await writeFile(
    join(folder, 'nginx.conf'),
    `load_module ${MODULE};
daemon off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
  uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  server {
    listen 127.0.0.1:${port};
    location = / { return 204; }
    location = /zipped {
      proxy_pass ${origin}/sub; proxy_buffering off; proxy_http_version 1.1;
      gzip on; gzip_types text/event-stream; gzip_min_length 0;
    }
    location = /pub { nchan_publisher; nchan_channel_id a; }
    location = /sub { nchan_subscriber eventsource; nchan_channel_id a; nchan_subscriber_first_message oldest; nchan_eventsource_ping_interval 1; }
  }
}
`,
  );
  const stop = await startProgram('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], `${origin}/`);
  const publish = (body) =>
    fetch(`${origin}/pub`, { method: 'POST', body }).then((response) => response.text());
  try {
    for (const body of ['one', 'two\nlines', '三']) await publish(body);
    const seen = await record(`${origin}/sub`, '--max-events', '3');
    check(
      'messages with their ids',
      dataOf(seen).join('|') === 'one|two\nlines|三' && seen.events.every((event) => event.id !== undefined),
      dataOf(seen).join('|'),
    );
    check('its greeting is a comment', commentsOf(seen).length >= 1, commentsOf(seen).join());
    const second = seen.events[1]?.lastEventId ?? '';
    const resumed = await record(`${origin}/sub`, '--last-event-id', second, '--max-events', '1');
    check('resume by Last-Event-ID', dataOf(resumed).join() === '三', dataOf(resumed).join());
    const zipped = await record(`${origin}/zipped`, '--max-events', '3');
    check(
      'compressed by a proxy, event by event',
      headerOf(zipped, 'content-encoding') === 'gzip' && dataOf(zipped).join() === dataOf(seen).join(),
      headerOf(zipped, 'content-encoding') ?? 'not compressed',
    );
    const quiet = await record(
      `${origin}/sub`,
      '--last-event-id',
      seen.events[2]?.lastEventId ?? '',
      '--max-time',
      '3',
    );
    check(
      'a quiet stream stays open on pings',
      quiet.of('attempt-start').length === 1 && quiet.events.length === 0 && quiet.entries.length > 3,
      `${quiet.entries.length} entries`,
    );
    await publish('line\rreturn');
    const cut = await record(
      `${origin}/sub`,
      '--last-event-id',
      seen.events[2]?.lastEventId ?? '',
      '--max-events',
      '1',
    );
    check('a bare CR in a message ends its line', dataOf(cut).join() === 'line', JSON.stringify(dataOf(cut)));
  } finally {
    await stop();
    await rm(folder, { recursive: true, force: true });
  }
}
