/**
 * Headers as lines of text and back: "Name: value"; a line that begins with "#" is switched off. Blanks around a value are not
 * kept, because they are not sent. Pure.
 */
import type { HeaderSpec } from '../../../shared/connection/types.ts';

export function headersAsText(headers: readonly HeaderSpec[]): string {
  return headers.map(lineOf).join('\n');
}

export function headersOfText(text: string): readonly HeaderSpec[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const trimmed = line.trim();
    if (trimmed === '') return [];
    const off = trimmed.startsWith('#');
    const said = trimmed.replace(/^#\s*/, '').replace(/^\\(?=[#\\])/, '');
    // HTTP/2 tools write ":authority: …": a colon at the beginning belongs to the name.
    const colon = said.indexOf(':', 1);
    if (colon < 0) return [{ name: said, value: '', enabled: !off }];
    return [{ name: said.slice(0, colon).trim(), value: said.slice(colon + 1).trim(), enabled: !off }];
  });
}

function lineOf({ name, value, enabled }: HeaderSpec): string {
  // A backslash is in no header name: it keeps a "#" from switching the line off.
  const escaped = name.replace(/^(?=[#\\])/, '\\');
  const line = `${escaped}: ${value.replace(/[\r\n]+/g, ' ')}`.trim();
  return enabled ? line : `# ${line}`;
}
