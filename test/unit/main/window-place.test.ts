import { describe, expect, it } from 'vitest';
import { boundsOnScreen, DEFAULT_SIZE, MIN_SIZE, parseWindowPlace } from '../../../src/main/window-place.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: -200, width: 1280, height: 1024 };
const place = { x: 100, y: 50, width: 1400, height: 900, maximized: false };

describe('the place of the window', () => {
  it('has a default at the first start', () => {
    expect(boundsOnScreen(null, [screen])).toEqual(DEFAULT_SIZE);
  });

  it('comes back as it was left', () => {
    expect(boundsOnScreen(place, [screen])).toEqual({ x: 100, y: 50, width: 1400, height: 900 });
    expect(boundsOnScreen({ ...place, x: 2000, y: -150 }, [screen, second])).toMatchObject({
      x: 2000,
      y: -150,
    });
  });

  it('keeps only the size when its screen was unplugged', () => {
    expect(boundsOnScreen({ ...place, x: 2000, y: -150 }, [screen])).toEqual({ width: 1400, height: 900 });
  });

  it.each([
    ['above the screen', { y: -40 }],
    ['with its title under the lower edge', { y: 1030 }],
    ['with nothing left to hold it by', { x: 1900 }],
    ['left of the screen', { x: -1390 }],
  ])('is found anew when it would be %s', (_where, moved) => {
    expect(boundsOnScreen({ ...place, ...moved }, [screen])).not.toHaveProperty('x');
  });

  it('is never smaller than the window can be, nor larger than the screen it is on', () => {
    expect(boundsOnScreen({ ...place, width: 10, height: 10 }, [])).toEqual(MIN_SIZE);
    expect(boundsOnScreen({ ...place, width: 9000, height: 9000 }, [screen])).toMatchObject({
      width: 1920,
      height: 1040,
    });
  });

  it('is read from a file only when it is one', () => {
    expect(parseWindowPlace({ ...place, more: 1 })).toEqual(place);
    for (const value of [
      null,
      7,
      [],
      {},
      { ...place, x: '1' },
      { ...place, width: null },
      { ...place, maximized: 1 },
    ])
      expect(parseWindowPlace(value)).toBeNull();
  });
});
