/**
 * `.http` and `.rest` files as editors run them: requests divided by `###`, `# @name`, `@variable = value`, a request line, headers,
 * an empty line, a body; `< file` sends a file. Scripts and comparisons of answers are left out and named.
 */
import { DEFAULT_BODY, bodyOfText, type BodySpec } from '../connection/request-body.ts';
import type { HeaderSpec } from '../connection/types.ts';
import { isSecretName } from '../session/redact.ts';
import type { Variable } from '../workspace/workspace.ts';
import { header, request, type Collection, type ImportedEndpoint } from './collection.ts';

const REQUEST_LINE =
  /^(?:(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|QUERY|SSE|GRAPHQL)[ \t]+)?((?:https?:\/\/|\{\{|\/)\S.*?)(?:[ \t]+HTTP\/[\d.]+)?$/i;
const VARIABLE = /^@([A-Za-z0-9_.-]+)[ \t]*=[ \t]*(.*)$/;
const COMMENT = /^[ \t]*(?:#|\/\/)/;

/** Whether a text looks like one: it has a request line before anything else that counts. */
export function isHttpFile(text: string): boolean {
  const first = text
    .split(/\r\n|\r|\n/)
    .find((line) => line.trim() !== '' && !COMMENT.test(line) && !VARIABLE.test(line));
  return first !== undefined && REQUEST_LINE.test(first.trim());
}

export function readHttpFile(text: string): Collection {
  const variables = new Map<string, Variable>();
  const notes = new Set<string>();
  const blocks = splitBlocks(text);
  const children = blocks.flatMap((block) => readBlock(block, variables, notes));
  return {
    format: '.http file',
    name: 'Requests',
    variables: [...variables.values()],
    children,
    environments: [],
    notes: [...notes],
  };
}

interface Block {
  /** Behind the `###`. */
  readonly title: string;
  readonly lines: readonly string[];
}

function splitBlocks(text: string): readonly Block[] {
  const blocks: { title: string; lines: string[] }[] = [{ title: '', lines: [] }];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const divider = /^###+[ \t]*(.*)$/.exec(line);
    if (divider) blocks.push({ title: (divider[1] ?? '').trim(), lines: [] });
    else blocks.at(-1)?.lines.push(line);
  }
  return blocks;
}

function readBlock(
  { title, lines }: Block,
  variables: Map<string, Variable>,
  notes: Set<string>,
): readonly ImportedEndpoint[] {
  let name = title;
  let at = 0;
  for (; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    const set = VARIABLE.exec(line);
    const named = /^(?:#|\/\/)[ \t]*@name[ \t]+(.+)$/.exec(line);
    if (set) {
      const key = set[1] ?? '';
      variables.set(key, {
        name: key,
        value: plain(set[2] ?? '', notes),
        secret: isSecretName(key),
        enabled: true,
      });
    } else if (named) name = (named[1] ?? '').trim();
    else if (line !== '' && !COMMENT.test(line)) break;
  }
  const start = REQUEST_LINE.exec((lines[at] ?? '').trim());
  if (!start) {
    if (at < lines.length)
      notes.add(`"${(lines[at] ?? '').trim().slice(0, 60)}" is no request line and was left out.`);
    return [];
  }
  const verb = (start[1] ?? 'GET').toUpperCase();
  let url = start[2] ?? '';
  const headers: HeaderSpec[] = [];
  for (at += 1; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line === '') break;
    const off = /^(?:#|\/\/)[ \t]*([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*)$/.exec(line);
    const on = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*(.*)$/.exec(line);
    if (/^[?&]/.test(line)) url += line.replace(/[ \t]+HTTP\/[\d.]+$/, '');
    else if (off) headers.push(header(off[1] ?? '', plain(off[2] ?? '', notes), false));
    else if (!COMMENT.test(line) && on) headers.push(header(on[1] ?? '', plain(on[2] ?? '', notes)));
  }
  const method = verb === 'SSE' ? 'GET' : verb === 'GRAPHQL' ? 'POST' : verb;
  return [
    {
      kind: 'endpoint',
      name: name || `${method} ${url}`.slice(0, 80),
      note: '',
      request: request({
        method,
        url: plain(url, notes),
        headers,
        body: readBody(lines.slice(at + 1), notes),
      }),
    },
  ];
}

function readBody(lines: readonly string[], notes: Set<string>): BodySpec {
  const kept: string[] = [];
  let script = false;
  for (const line of lines) {
    if (/^>>?!?[ \t]*(?:\{%|\S)/.test(line) || /^<>[ \t]/.test(line) || /^<[ \t]*\{%/.test(line)) {
      notes.add('Scripts and comparisons of answers are not taken over.');
      script = line.includes('{%') && !line.includes('%}');
    } else if (script) script = !line.includes('%}');
    else kept.push(line);
  }
  const text = kept.join('\n').trim();
  const file = /^<@?[ \t]+(\S.*)$/.exec(text);
  if (file) return { ...DEFAULT_BODY, kind: 'file', path: (file[1] ?? '').trim() };
  return bodyOfText(plain(text, notes));
}

/** `{{$dotenv NAME}}` and `{{$processEnv NAME}}` name a variable; what is generated has no counterpart. */
function plain(text: string, notes: Set<string>): string {
  const named = text.replace(/\{\{\$(?:dotenv|processEnv)[ \t]+%?([A-Za-z0-9_.-]+)\}\}/g, '{{$1}}');
  if (named.includes('{{$'))
    notes.add('Generated values such as {{$guid}} have no counterpart here; give them a value.');
  return named;
}
