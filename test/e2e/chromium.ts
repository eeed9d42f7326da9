/** A current Chromium for tests of the window's page at the modern end of the range; the scripts look for it. */
export const chromiumPath = process.env['STREAMSCOPE_CHROMIUM'] ?? null;

export const NO_CHROMIUM =
  'There is no Chromium here: install your distribution\'s "chromium" (as root on Debian: apt-get install -y chromium).';
