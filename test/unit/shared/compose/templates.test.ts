import { describe, expect, it } from 'vitest';
import { readChat } from '../../../../src/shared/compose/chat-request.ts';
import { CHAT_TEMPLATES, fromTemplate } from '../../../../src/shared/compose/templates.ts';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';

describe('templates of chat requests', () => {
  it.each(CHAT_TEMPLATES)('$id streams, and takes its key from a variable', (template) => {
    const request = fromTemplate(template);
    expect(request.method).toBe('POST');
    expect(readChat(request)).toMatchObject({ format: { id: template.id }, composition: { stream: true } });
    expect(request.headers.some(({ value }) => value.includes(`{{${template.key}}}`))).toBe(true);
  });

  it.each(CHAT_TEMPLATES)('$id keeps headers and an address of its own format', (template) => {
    const url = template.url.replace(/^https:\/\/[^/]+/, '{{gateway}}');
    const headers = template.headers.map(([name]) => ({
      name: name.toUpperCase(),
      value: 'mine',
      enabled: true,
    }));
    const request = fromTemplate(template, { ...BLANK_REQUEST, url, headers });
    expect(request).toMatchObject({ url, headers });
    expect(fromTemplate(template, { ...BLANK_REQUEST, url: 'http://localhost/x' }).url).toBe(template.url);
  });
});
