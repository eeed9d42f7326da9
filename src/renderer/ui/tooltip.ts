/**
 * A short explanation that shows when the pointer rests on an element or the keyboard focuses it. One element serves all;
 * it is text only, and it is linked by aria-describedby while it shows.
 */
import type { Attachment } from 'svelte/attachments';

const DELAY_MS = 450;
const GAP_PX = 6;

let bubble: HTMLElement | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function element(): HTMLElement {
  if (bubble?.isConnected) return bubble;
  bubble = document.createElement('div');
  bubble.id = 'tooltip';
  bubble.className = 'tooltip';
  bubble.role = 'tooltip';
  bubble.hidden = true;
  document.body.append(bubble);
  return bubble;
}

function hide(from: HTMLElement): void {
  clearTimeout(timer);
  if (from.getAttribute('aria-describedby') !== 'tooltip') return;
  from.removeAttribute('aria-describedby');
  element().hidden = true;
}

function show(over: HTMLElement, text: string): void {
  const tip = element();
  // What is modal or a popover lies in the top layer: the tooltip has to be in there with it.
  (over.closest('dialog, [popover]') ?? document.body).append(tip);
  tip.textContent = text;
  tip.hidden = false;
  const target = over.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  const left = Math.min(target.left + target.width / 2 - size.width / 2, innerWidth - size.width - GAP_PX);
  const below = target.bottom + GAP_PX;
  const top = below + size.height > innerHeight ? target.top - size.height - GAP_PX : below;
  tip.style.left = `${Math.round(Math.max(GAP_PX, left))}px`;
  tip.style.top = `${Math.round(Math.max(GAP_PX, top))}px`;
  over.setAttribute('aria-describedby', 'tooltip');
}

/** `{@attach tooltip('What it does')}`. "" shows nothing. */
export function tooltip(text: string): Attachment<HTMLElement> {
  return (over) => {
    if (text === '') return;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => show(over, text), DELAY_MS);
    };
    const focused = () => {
      if (over.matches(':focus-visible')) later();
    };
    const leave = () => hide(over);
    over.addEventListener('pointerenter', later);
    over.addEventListener('pointerleave', leave);
    over.addEventListener('pointerdown', leave);
    over.addEventListener('focus', focused);
    over.addEventListener('blur', leave);
    over.addEventListener('keydown', leave);
    return () => {
      hide(over);
      over.removeEventListener('pointerenter', later);
      over.removeEventListener('pointerleave', leave);
      over.removeEventListener('pointerdown', leave);
      over.removeEventListener('focus', focused);
      over.removeEventListener('blur', leave);
      over.removeEventListener('keydown', leave);
    };
  };
}
