/** What a menu holds and where it floats. */
import type { Component } from 'svelte';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** A second, quieter line. */
  readonly note?: string;
  readonly keys?: string;
  readonly icon?: Component<{ size?: number; strokeWidth?: number }>;
  readonly disabled?: boolean;
  readonly checked?: boolean;
  /** A line above it. */
  readonly separated?: boolean;
  readonly run: () => void;
}

/** Where the menu goes: its corner lies at this point of the window. */
export interface MenuAnchor {
  readonly x: number;
  readonly y: number;
  readonly align?: 'start' | 'end';
  /** When there is no room below, it goes above this line instead. */
  readonly above?: number;
}

/** Below a button. */
export function anchorBelow(element: Element, align: 'start' | 'end' = 'start'): MenuAnchor {
  const box = element.getBoundingClientRect();
  return { x: align === 'start' ? box.left : box.right, y: box.bottom + 4, align, above: box.top - 4 };
}

/** At the pointer; the keyboard's menu key has none, then at the element. */
export function anchorAt(event: MouseEvent): MenuAnchor {
  const byKey = event.clientX === 0 && event.clientY === 0;
  return byKey && event.target instanceof Element
    ? anchorBelow(event.target)
    : { x: event.clientX, y: event.clientY };
}
