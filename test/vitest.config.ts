import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          root: import.meta.dirname,
          environment: 'node',
          include: ['*.test.ts', 'unit/**/*.test.{ts,mjs}', 'integration/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'renderer',
          root: import.meta.dirname,
          environment: 'jsdom',
          include: ['renderer/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
});
