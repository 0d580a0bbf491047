import { parseArgs } from 'node:util';
import { startSandbox } from './startSandbox.ts';

const DEFAULT_PORT = 8740;
const USAGE = 'Use: npm run sandbox -- [--port N] [--file PATH]';

interface Arguments {
  port: number;
  file: string | undefined;
}

/** Reads the options behind `sandbox`. @throws with one line that says what is wrong */
function readArguments(args: string[]): Arguments {
  const { values } = parseArgs({
    args,
    options: { port: { type: 'string' }, file: { type: 'string' } },
  });
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port must be a number from 0 to 65535, not "${values.port}"`);
  }
  return { port, file: values.file };
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function explain(error: unknown, { port, file }: Arguments): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `Port ${port} is in use: choose another with --port.`;
  if (code === 'EACCES') return `Port ${port} may not be used: choose one above 1023 with --port.`;
  if (code === 'SQLITE_BUSY')
    return `Another sandbox uses ${file}: stop it first, or choose another --file.`;
  if (code?.startsWith('SQLITE') || file !== undefined) return `Cannot use ${file}: ${message}`;
  return `Cannot start: ${message}`;
}

async function run(): Promise<void> {
  let args: Arguments;
  try {
    args = readArguments(process.argv.slice(3));
  } catch (error) {
    const [line = ''] = (error as Error).message.split(/[.\n]/);
    return fail(`${line}. ${USAGE}`);
  }
  const { port, file } = args;
  const sandbox = await startSandbox({ port, ...(file !== undefined && { file }) }).catch(
    (error: unknown) => fail(explain(error, args)),
  );
  const stop = () => {
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => fail(String(error)),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`The sandbox is at ${sandbox.url}`);
  console.log(`DISCORD_TOKEN=${sandbox.token}`);
  console.log(`DISCORD_API_URL=${sandbox.api}`);
}

await run();
