/** The tour that makes the pictures of the README, from the built app in a real window. Run by `npm run screenshots`. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.tour.ts',
  outputDir: '../../test-results/screenshots',
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
});
