import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * Copies a database that is in use, and reads the copy to the end.
 * @param to is overwritten; of no use unless this resolves.
 * @throws where it cannot be copied, or the copy is not sound; the signal's reason when it fired.
 */
export async function backUp(from: string, to: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./backupWorker.ts', import.meta.url), {
    workerData: { from, to },
  });
  const stop = () => worker.postMessage('stop');
  signal.addEventListener('abort', stop, { once: true });
  try {
    // Rejects with whatever the thread threw.
    const [code] = await once(worker, 'exit');
    if (code !== 0) throw new Error(`the thread that made a backup ended with ${code}`);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
}
