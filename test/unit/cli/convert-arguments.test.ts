import { expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { readExportOrder, type ExportValues } from '../../../src/cli/convert/convert-arguments.ts';
import { createExporters } from '../../../src/shared/export/registry.ts';
import { createPortableByteText } from '../../../src/shared/sse/byte-text.ts';

const exporters = createExporters(createPortableByteText(), '1.2.3').all();
const order = (out: string, values: ExportValues = {}) => readExportOrder(out, values, exporters);
const formatOf = (out: string, values: ExportValues = {}): string => {
  const { format } = order(out, values);
  return format.as === 'export' ? format.exporter.id : format.as;
};

it.each([
  ['a.ndjson', undefined, 'ndjson'],
  ['dir.x/a.HAR', undefined, 'har'],
  ['a.md', undefined, 'report'],
  ['a.md', 'completion-markdown', 'completion-markdown'],
  ['a.streamscope', undefined, 'session-file'],
  ['-', 'csv', 'csv'],
  ['a.csv', 'streamscope', 'session-file'],
])('%s with --to %s is %s', (out, to, format) => {
  expect(formatOf(out, { to })).toBe(format);
});

it.each([
  ['0-0', { from: 0, to: 1 }],
  ['10-20', { from: 10, to: 21 }],
  ['#3-#4', { from: 3, to: 5 }],
  ['7-', { from: 7, to: Infinity }],
])('--range %s includes both ends', (range, expected) => {
  expect(order('a.sse', { range }).range).toEqual(expected);
});

it('takes secrets out and replaces nothing unless it is told to', () => {
  expect(order('a.sse')).toMatchObject({ range: null, query: null, includeSecrets: false, force: false });
  expect(order('a.sse', { 'include-secrets': true, force: true })).toMatchObject({
    includeSecrets: true,
    force: true,
  });
});

it.each([
  ['-', {}, /--to says/],
  ['ndjson', {}, /does not say/],
  ['a.mp3', {}, /does not say.*ndjson, json, csv/],
  ['a.sse', { to: 'md' }, /--to knows/],
  ['a.sse', { range: '5' }, /FROM-TO/],
  ['a.sse', { range: '5-4' }, /ends before it begins/],
  ['a.sse', { range: '-4' }, /FROM-TO/],
  ['a.sse', { filter: 'size>' }, /--filter cannot be read at character/],
])('refuses %s with %j', (out, values, message) => {
  expect(() => order(out, values)).toThrow(UsageError);
  expect(() => order(out, values)).toThrow(message);
});
