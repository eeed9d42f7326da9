/** Width of one character of the data font at the size of data text, in pixels. All of its characters are equally wide. */

const SAMPLE = '0'.repeat(100);
let known: number | null = null;

export function dataCharWidth(): number {
  if (known !== null) return known;
  const probe = document.createElement('span');
  probe.className = 'data';
  probe.style.cssText = 'position:absolute;visibility:hidden;white-space:pre;font-size:var(--text-m)';
  probe.textContent = SAMPLE;
  document.body.append(probe);
  const width = probe.getBoundingClientRect().width / SAMPLE.length;
  probe.remove();
  // Where nothing is laid out (tests), the font's own ratio.
  if (width === 0) return 7.2;
  if (document.fonts.status === 'loaded') known = width;
  return width;
}
