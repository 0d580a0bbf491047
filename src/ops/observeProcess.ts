import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Exposition } from './exposition.ts';

const NANO = 1e9;
/** Milliseconds between two looks, which Node counts as delay, too. */
const RESOLUTION = 10;

/**
 * How the process is: memory, processor, and by how much the event loop is late since it was last looked at.
 * @returns what ends the looking.
 */
export function observeProcess(exposition: Exposition): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  // As the collectors of Prometheus clients name them, for dashboards that know those.
  exposition.read('nodejs_eventloop_lag_seconds', 'How late the event loop is.', () => {
    const at = (quantile: string, nanoseconds: number) => ({
      value: Math.max(0, nanoseconds / NANO - RESOLUTION / 1_000),
      labels: { quantile },
    });
    const samples =
      delay.count === 0
        ? []
        : [at('0.5', delay.percentile(50)), at('0.99', delay.percentile(99)), at('1', delay.max)];
    delay.reset();
    return samples;
  });
  exposition.read('process_resident_memory_bytes', 'Memory of the process.', () => [
    { value: process.memoryUsage.rss() },
  ]);
  exposition.read('nodejs_heap_size_used_bytes', 'Memory of what the program holds.', () => [
    { value: process.memoryUsage().heapUsed },
  ]);
  exposition.read(
    'process_cpu_seconds_total',
    'Processor time that the process took.',
    () => {
      const { user, system } = process.cpuUsage();
      return [{ value: (user + system) / 1e6 }];
    },
    'counter',
  );
  exposition.read('process_start_time_seconds', 'When the process began, since 1970.', () => [
    { value: Math.round(Date.now() / 1_000 - process.uptime()) },
  ]);
  return () => delay.disable();
}
