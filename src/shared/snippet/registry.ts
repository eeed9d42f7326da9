/** The languages in which a request can be copied, besides the shell. */
import { eventSourceSnippet } from './event-source.ts';
import { fetchSnippet } from './fetch.ts';
import { pythonHttpxSnippet } from './python-httpx.ts';
import type { SnippetFormat } from './snippet.ts';

export const SNIPPETS: readonly SnippetFormat[] = [fetchSnippet, pythonHttpxSnippet, eventSourceSnippet];
