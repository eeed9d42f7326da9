import { describe, expect, it } from 'vitest';
import { requireNode } from '../../../scripts/setup/node-version.mjs';

describe('the version of Node', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '22.20.1', '23.0.0', '24.1.0', '26.0.0'])(
    'accepts %s',
    (version) => {
      expect(() => requireNode(version)).not.toThrow();
    },
  );

  it.each(['14.21.3', '18.20.0', '20.18.3', '21.7.0', '22.11.0'])('refuses %s', (version) => {
    expect(() => requireNode(version)).toThrow(version);
  });
});
