import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Most tests wait for sockets: more of them than cores keep all cores busy.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Files share a worker's modules, not their state: loading them anew for each takes a quarter of the time.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
