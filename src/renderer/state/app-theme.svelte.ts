/** The theme in force: what the user chose, or what the system has. Sets [data-theme] on the page, which picks the palette. */
import { createSubscriber } from 'svelte/reactivity';
import type { ThemeChoice } from '../../shared/workspace/workspace.ts';

export type Theme = 'light' | 'dark';

export interface ThemeState {
  /** Reactive: whatever paints by itself, such as a canvas, paints anew when it changes. */
  readonly current: Theme;
  dispose(): void;
}

export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

export function createTheme(choice: () => ThemeChoice): ThemeState {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const subscribe = createSubscriber((update) => {
    system.addEventListener('change', update);
    return () => system.removeEventListener('change', update);
  });
  const current = $derived.by((): Theme => {
    subscribe();
    const chosen = choice();
    if (chosen !== 'system') return chosen;
    return system.matches ? 'dark' : 'light';
  });
  const dispose = $effect.root(() => {
    $effect.pre(() => {
      document.documentElement.dataset['theme'] = current;
    });
  });
  return {
    get current() {
      return current;
    },
    dispose,
  };
}
