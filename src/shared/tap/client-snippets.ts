/** What to write where, so that a program goes through a tap: variables and settings of the usual clients, right for its target. */
import type { TapTarget } from './target-url.ts';

export type SnippetShell = 'bash' | 'powershell';

export interface ClientSnippet {
  readonly id: string;
  readonly label: string;
  /** Of `text`. */
  readonly language: SnippetShell | 'python' | 'javascript';
  readonly text: string;
  /** What to mind; "" for nothing. */
  readonly note: string;
}

interface Base {
  /** For clients that are given the path up to `/v1`. */
  readonly withVersion: string;
  /** For clients that add `/v1` themselves. */
  readonly bare: string;
  readonly doubled: string;
}

/** Snippets for a tap at `address`; those that fit its target best come first. */
export function clientSnippets(
  target: TapTarget,
  address: string,
  shell: SnippetShell,
): readonly ClientSnippet[] {
  const endsInVersion = /\/v1(?:beta)?$/.test(target.basePath);
  const base: Base = {
    withVersion: endsInVersion ? address : `${address}/v1`,
    bare: address,
    doubled: endsInVersion
      ? `This client adds ${target.basePath.slice(target.basePath.lastIndexOf('/'))} itself: leave it out of the target of the tap.`
      : '',
  };
  const all = [...openai(base, shell), ...others(base, shell), curl(target, address, shell)];
  const first = firstFor(target);
  return [...all].sort((a, b) => Number(b.id.startsWith(first)) - Number(a.id.startsWith(first)));
}

function openai({ withVersion }: Base, shell: SnippetShell): readonly ClientSnippet[] {
  return [
    {
      id: 'openai',
      label: 'OpenAI SDKs',
      language: shell,
      text: variable('OPENAI_BASE_URL', withVersion, shell),
      note: 'Python, JavaScript and most tools that speak to OpenAI read it.',
    },
    {
      id: 'openai-python',
      label: 'OpenAI in Python',
      language: 'python',
      text: `client = OpenAI(base_url=${python(withVersion)})`,
      note: '',
    },
    {
      id: 'openai-javascript',
      label: 'OpenAI in JavaScript',
      language: 'javascript',
      text: `const client = new OpenAI({ baseURL: ${script(withVersion)} });`,
      note: '',
    },
    {
      id: 'vercel-ai',
      label: 'Vercel AI SDK',
      language: 'javascript',
      text: `const openai = createOpenAI({ baseURL: ${script(withVersion)} });`,
      note: 'The same setting, baseURL, is there for its other providers.',
    },
    {
      id: 'langchain-python',
      label: 'LangChain in Python',
      language: 'python',
      text: `model = ChatOpenAI(model="…", base_url=${python(withVersion)})`,
      note: '',
    },
    {
      id: 'langchain-javascript',
      label: 'LangChain in JavaScript',
      language: 'javascript',
      text: `const model = new ChatOpenAI({ model: '…', configuration: { baseURL: ${script(withVersion)} } });`,
      note: '',
    },
  ];
}

function others({ bare, doubled }: Base, shell: SnippetShell): readonly ClientSnippet[] {
  return [
    {
      id: 'anthropic',
      label: 'Anthropic SDKs',
      language: shell,
      text: variable('ANTHROPIC_BASE_URL', bare, shell),
      note: doubled,
    },
    {
      id: 'gemini',
      label: 'Gemini SDKs',
      language: shell,
      text: variable('GOOGLE_GEMINI_BASE_URL', bare, shell),
      note: doubled,
    },
    {
      id: 'gemini-python',
      label: 'google-genai in Python',
      language: 'python',
      text: `client = genai.Client(http_options=types.HttpOptions(base_url=${python(bare)}))`,
      note: doubled,
    },
    {
      id: 'gemini-javascript',
      label: '@google/genai in JavaScript',
      language: 'javascript',
      text: `const ai = new GoogleGenAI({ httpOptions: { baseUrl: ${script(bare)} } });`,
      note: doubled,
    },
    {
      id: 'ollama',
      label: 'Ollama clients',
      language: shell,
      text: variable('OLLAMA_HOST', bare, shell),
      note: 'For the client; a server that reads it would listen there.',
    },
  ];
}

function curl(target: TapTarget, address: string, shell: SnippetShell): ClientSnippet {
  const path = target.basePath === '' && target.authority.includes('openai') ? '/v1/models' : '/';
  const name = shell === 'powershell' ? 'curl.exe' : 'curl';
  return {
    id: 'curl',
    label: 'curl',
    language: shell,
    text: `${name} -N ${quoted(address + path, shell)}`,
    note: '',
  };
}

/** The beginning of the identifiers that suit the target. */
function firstFor({ authority }: TapTarget): string {
  if (/anthropic/i.test(authority)) return 'anthropic';
  if (/googleapis|gemini/i.test(authority)) return 'gemini';
  if (authority.endsWith(':11434')) return 'ollama';
  return 'openai';
}

function variable(name: string, value: string, shell: SnippetShell): string {
  return shell === 'bash'
    ? `export ${name}=${quoted(value, shell)}`
    : `$env:${name} = ${quoted(value, shell)}`;
}

function quoted(text: string, shell: SnippetShell): string {
  return shell === 'bash' ? `'${text.replaceAll("'", `'\\''`)}'` : `'${text.replaceAll("'", "''")}'`;
}

function python(text: string): string {
  return JSON.stringify(text);
}

function script(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
