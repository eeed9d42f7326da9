import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(
  join(import.meta.dirname, '..', '..', '..', '..', 'src', 'renderer', 'styles', 'tokens.css'),
  'utf8',
);

function palette(theme: 'light' | 'dark'): Readonly<Partial<Record<string, string>>> {
  const block = css.slice(css.indexOf(`[data-theme='${theme}']`));
  const body = block.slice(block.indexOf('{'), block.indexOf('}'));
  const colors = body.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g);
  return Object.fromEntries([...colors].map((match) => [match[1] as string, match[2] as string]));
}

/** Relative luminance (WCAG 2.2). */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each(['light', 'dark'] as const)('the %s palette', (theme) => {
  const colors = palette(theme);
  const color = (name: string): string => {
    const value = colors[name];
    if (value === undefined) throw new Error(`--${name} is missing`);
    return value;
  };

  it.each(['text-1', 'text-2', ...Array.from({ length: 8 }, (_, at) => `tint-${at + 1}`)])(
    'shows data in --%s at 7:1 at least',
    (name) => {
      expect(contrast(color(name), color('surface-0'))).toBeGreaterThanOrEqual(7);
    },
  );

  it.each(['text-1', 'text-2', 'text-3', 'accent', 'ok', 'warn', 'bad'])(
    'shows --%s at 4.5:1 at least on what holds data, frames it and marks it',
    (name) => {
      for (const surface of ['surface-0', 'surface-1', 'surface-2'])
        expect(contrast(color(name), color(surface))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([
    ['accent-text', 'accent'],
    ['accent-text', 'accent-strong'],
    ['accent', 'accent-soft'],
    ['text-1', 'bad-soft'],
    ['bad', 'bad-soft'],
    ['text-1', 'warn-soft'],
    ['warn', 'warn-soft'],
    ['text-1', 'mark'],
    ['text-2', 'surface-3'],
  ])('keeps --%s legible on --%s', (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it('has the same names as the other one', () => {
    expect(Object.keys(colors).sort()).toEqual(
      Object.keys(palette(theme === 'light' ? 'dark' : 'light')).sort(),
    );
  });
});
