/** Carries out draw calls on a canvas, with the colours of the theme that is on. Knows nothing of time. */
import type { DrawCall } from './painter.ts';

export interface Canvas {
  draw(calls: readonly DrawCall[], width: number, height: number): void;
  /** The theme changed: colours are read again. */
  forgetColors(): void;
}

export function createCanvas(element: HTMLCanvasElement): Canvas {
  const context = element.getContext('2d');
  const colors = new Map<string, string>();
  const hatches = new Map<string, CanvasPattern | null>();
  let font = '';

  function colorOf(name: string): string {
    let color = colors.get(name);
    if (color === undefined) {
      color = getComputedStyle(element).getPropertyValue(`--${name}`).trim();
      colors.set(name, color);
    }
    return color;
  }

  function hatchOf(name: string, of: CanvasRenderingContext2D): CanvasPattern | null {
    let hatch = hatches.get(name);
    if (hatch !== undefined) return hatch;
    const tile = new OffscreenCanvas(6, 6);
    const pen = tile.getContext('2d');
    if (pen) {
      pen.strokeStyle = colorOf(name);
      pen.globalAlpha = 0.7;
      pen.lineWidth = 1.2;
      pen.beginPath();
      for (const shift of [-6, 0, 6]) {
        pen.moveTo(shift, 6);
        pen.lineTo(shift + 6, 0);
      }
      pen.stroke();
    }
    hatch = of.createPattern(tile, 'repeat');
    hatches.set(name, hatch);
    return hatch;
  }

  function one(call: DrawCall, pen: CanvasRenderingContext2D): void {
    const color = colorOf(call.color);
    pen.fillStyle = color;
    switch (call.kind) {
      case 'rects':
        pen.globalAlpha = call.alpha;
        for (let at = 0; at < call.rects.length; at += 4)
          pen.fillRect(
            call.rects[at] ?? 0,
            call.rects[at + 1] ?? 0,
            call.rects[at + 2] ?? 0,
            call.rects[at + 3] ?? 0,
          );
        pen.globalAlpha = 1;
        break;
      case 'hatch':
        pen.fillStyle = hatchOf(call.color, pen) ?? color;
        for (let at = 0; at < call.rects.length; at += 4)
          pen.fillRect(
            call.rects[at] ?? 0,
            call.rects[at + 1] ?? 0,
            call.rects[at + 2] ?? 0,
            call.rects[at + 3] ?? 0,
          );
        break;
      case 'area':
        drawArea(call, color, pen);
        break;
      case 'triangles':
        for (let at = 0; at < call.points.length; at += 2) {
          const x = call.points[at] ?? 0;
          const y = call.points[at + 1] ?? 0;
          pen.beginPath();
          pen.moveTo(x, y - 8);
          pen.lineTo(x + 4.5, y);
          pen.lineTo(x - 4.5, y);
          pen.fill();
        }
        break;
      case 'text':
        pen.font = font;
        pen.textAlign = call.align;
        pen.fillText(call.text, call.x, call.y);
        break;
    }
  }

  /** Steps, not slopes: a column is a count over its width. */
  function drawArea(
    { points, base }: Extract<DrawCall, { kind: 'area' }>,
    color: string,
    pen: CanvasRenderingContext2D,
  ): void {
    pen.beginPath();
    pen.moveTo(points[0] ?? 0, base);
    for (let at = 0; at + 3 < points.length; at += 2) {
      pen.lineTo(points[at] ?? 0, points[at + 1] ?? base);
      pen.lineTo(points[at + 2] ?? 0, points[at + 1] ?? base);
    }
    pen.strokeStyle = color;
    pen.lineWidth = 1;
    pen.stroke();
    pen.lineTo(points.at(-2) ?? 0, base);
    pen.globalAlpha = 0.18;
    pen.fill();
    pen.globalAlpha = 1;
  }

  return {
    draw(calls, width, height) {
      if (!context) return;
      const ratio = devicePixelRatio;
      const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (element.width !== deviceWidth || element.height !== deviceHeight) {
        element.width = deviceWidth;
        element.height = deviceHeight;
      }
      if (font === '') font = `11px ${getComputedStyle(element).fontFamily}`;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      for (const call of calls) one(call, context);
    },
    forgetColors() {
      colors.clear();
      hatches.clear();
    },
  };
}
