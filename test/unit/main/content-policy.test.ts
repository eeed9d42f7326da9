import { describe, expect, it } from 'vitest';
import { CONTENT_POLICY, developmentPolicy } from '../../../src/main/content-policy.ts';

describe('content policy', () => {
  it('runs no inline script and connects nowhere in the built page', () => {
    expect(CONTENT_POLICY).toContain("script-src 'self';");
    expect(CONTENT_POLICY).toContain("connect-src 'self';");
    expect(CONTENT_POLICY).not.toMatch(/https?:|ws:|\*|unsafe-eval/);
  });

  it('opens no more than hot reload needs in development', () => {
    expect(developmentPolicy('localhost:5173')).toContain("connect-src 'self' ws://localhost:5173");
    expect(developmentPolicy('localhost:5173')).toContain("object-src 'none'");
  });
});
