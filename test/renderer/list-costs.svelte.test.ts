/** What a list costs the document, in counts: a list of millions is as many elements as one screen of it, and they stay. */
import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import VirtualList from '../../src/renderer/ui/VirtualList.svelte';
import { completeDom } from './support/dom.ts';

const HEIGHT = 600;
const ROW = 24;

afterEach(() => vi.restoreAllMocks());

it('draws one screen of any number of rows, by the same elements however the list grows', () => {
  // The document of the tests has no layout; the list is as high as this.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(HEIGHT);
  completeDom();
  const props = $state({
    count: 40,
    label: 'Events',
    role: 'grid' as const,
    following: true,
    row: createRawSnippet<[number]>((index) => ({
      render: () => '<span></span>',
      setup(element) {
        $effect(() => {
          element.textContent = String(index());
        });
      },
    })),
  });
  const list = mount(VirtualList, { target: document.body, props });
  flushSync();
  const rows = () => [...document.querySelectorAll('[data-index]')];
  const nodes = () => document.querySelectorAll('*').length;
  const first = rows();
  const drawn = nodes();
  expect(first.length).toBeGreaterThanOrEqual(HEIGHT / ROW);
  expect(first.length).toBeLessThanOrEqual(HEIGHT / ROW + 6);
  for (const count of [41, 100, 5000, 1_000_000, 10_000_000]) {
    props.count = count;
    flushSync();
    expect(rows()).toEqual(first);
    expect(nodes()).toBe(drawn);
    expect(rows().at(-1)?.getAttribute('data-index')).toBe(String(count - 1));
  }
  void unmount(list);
});
