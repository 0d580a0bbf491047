import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface BotProcess {
  readonly child: ChildProcess;
  /** Everything that it printed. */
  output(): string;
  /** Resolves when the text was printed; rejects when the process ends before. */
  printed(text: string): Promise<void>;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
  /** Sends a signal and resolves with the exit code; null when the signal itself ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** What one process has compiled, the next one finds. */
const COMPILED = join(tmpdir(), 'troupe-compiled');

/** Troupe as an owner runs it: a process of its own, told by its environment alone where everything is. */
export function startBotProcess(
  env: Readonly<Record<string, string>>,
  script = 'src/start.js',
): BotProcess {
  const child = spawn(process.execPath, [script], {
    env: {
      PATH: process.env.PATH,
      TROUPE_CONFIG_PATH: 'config/troupe.example.yaml',
      NODE_COMPILE_CACHE: COMPILED,
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let text = '';
  const watchers = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    text += chunk;
    for (const watcher of [...watchers]) watcher();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  void exited.then(() => {
    for (const watcher of [...watchers]) watcher();
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    child,
    exited,
    output: () => text,
    printed: (wanted) =>
      new Promise((resolve, reject) => {
        const watcher = () => {
          if (text.includes(wanted)) resolve();
          else if (child.exitCode !== null || child.signalCode !== null) {
            reject(new Error(`the process ended without "${wanted}": ${text}`));
          } else return;
          watchers.delete(watcher);
        };
        watchers.add(watcher);
        watcher();
      }),
    end: (signal) => {
      child.kill(signal);
      return exited;
    },
  };
}
