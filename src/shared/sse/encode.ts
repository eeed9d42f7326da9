/** Events as wire text, for exports and servers. What it writes, a parser of the standard reads back as it was. */

export interface OutgoingBlock {
  readonly comments?: readonly string[];
  readonly id?: string;
  /** The event type; left out for "message". */
  readonly type?: string;
  readonly retryMs?: number;
  /** Left out, the block dispatches nothing. */
  readonly data?: string;
}

const LINE_END = /\r\n|\r|\n/;

/** One block with its blank line. Throws when an id or a type holds what a line cannot carry. */
export function encodeBlock(block: OutgoingBlock): string {
  const lines: string[] = [];
  for (const comment of block.comments ?? []) {
    for (const line of comment.split(LINE_END)) lines.push(`: ${line}`);
  }
  if (block.id !== undefined) {
    if (block.id.includes('\0')) throw new Error('An id with a NUL in it is ignored by every receiver');
    lines.push(field('id', block.id));
  }
  if (block.type !== undefined) lines.push(field('event', block.type));
  if (block.retryMs !== undefined) lines.push(field('retry', String(block.retryMs)));
  if (block.data !== undefined) {
    for (const line of block.data.split(LINE_END)) lines.push(`data: ${line}`);
  }
  return `${lines.join('\n')}\n\n`;
}

function field(name: string, value: string): string {
  if (LINE_END.test(value)) throw new Error(`A line break cannot be part of "${name}"`);
  return `${name}: ${value}`;
}
