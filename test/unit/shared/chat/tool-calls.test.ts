import { describe, expect, it } from 'vitest';
import { createToolCallSlots } from '../../../../src/shared/chat/tool-calls.ts';

const hint = (index: number | null, id = '', name = '') => ({ index, id, name });

describe('tool call slots', () => {
  it('go by the vendor’s index when there is one', () => {
    const slots = createToolCallSlots();
    const second = slots.find(hint(1, 'b'), 5);
    const first = slots.find(hint(0, 'a'), 6);
    expect(slots.find(hint(1), 7)).toBe(second);
    expect(slots.find(hint(0), 8)).toBe(first);
    expect(slots.calls.map((call) => [call.index, call.seq])).toEqual([
      [1, 5],
      [0, 6],
    ]);
  });

  it('go by the id when there is no index', () => {
    const slots = createToolCallSlots();
    const first = slots.find(hint(null, 'a', 'f'), 0);
    const second = slots.find(hint(null, 'b', 'f'), 1);
    expect(second).not.toBe(first);
    expect(slots.find(hint(null, 'a'), 2)).toBe(first);
    expect(slots.find(hint(null), 3)).toBe(second);
  });

  it('open another for a name when the last call is whole', () => {
    const slots = createToolCallSlots();
    const first = slots.find(hint(null, '', 'f'), 0);
    first.arguments.pieces.push('{"a":', '"}"');
    expect(slots.find(hint(null, '', 'f'), 1)).toBe(first);
    first.arguments.pieces.push('}');
    expect(slots.find(hint(null, '', 'f'), 2)).not.toBe(first);
  });

  it('keep a call whose id rotates while its arguments are not whole', () => {
    const slots = createToolCallSlots();
    const call = slots.find(hint(0, 'a', 'f'), 0);
    call.id = 'a';
    call.arguments.pieces.push('{"a"');
    expect(slots.find(hint(0, 'b', 'f'), 1)).toBe(call);
  });

  it('open another for a new id on the index of a call that is whole', () => {
    const slots = createToolCallSlots();
    const call = slots.find(hint(0, 'a', 'f'), 0);
    call.id = 'a';
    call.arguments.pieces.push('{}');
    const other = slots.find(hint(0, 'b', 'f'), 1);
    expect(other).not.toBe(call);
    expect(other.index).toBe(1);
    expect(slots.find(hint(0), 2)).toBe(other);
    expect(slots.find(hint(0, 'b'), 3)).toBe(other);
  });
});
