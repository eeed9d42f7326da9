/** What jsdom does not have and the window needs: enough of it to be driven, nothing that is measured. */

class IdleObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** Puts the missing pieces into place; `dark` is what the system's theme is said to be. */
export function completeDom(dark = false): void {
  globalThis.ResizeObserver = IdleObserver;
  globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') } as typeof CSS;
  Element.prototype.scrollIntoView = () => {};
  window.matchMedia = (query: string) =>
    Object.assign(new EventTarget(), { matches: dark, media: query }) as unknown as MediaQueryList;
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
}
