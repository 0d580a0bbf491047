import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // By default one core is left idle, and most tests wait for sockets.
    maxWorkers: '100%',
    // Files share a worker's modules, not their state: loading them anew for each takes a quarter of the time.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
