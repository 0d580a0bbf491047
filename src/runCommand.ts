import { LoginError } from './discord/loginProblem.ts';
import { ModelCheckError } from './llm/checkModel.ts';
import { ConfigError } from './ops/loadConfig.ts';
import { DatabaseError } from './store/openDatabase.ts';

/** Does what an owner asked for on the command line. What cannot be ends it with a line for each problem. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    process.loadEnvFile();
  } catch {
    // Without a .env file the environment alone speaks.
  }
  try {
    await work();
  } catch (error) {
    console.error(explain(error));
    process.exit(1);
  }
}

/** What an owner can mend is said in one line per problem; anything else is a bug, shown in full. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.join('\n');
  if (!(error instanceof Error)) return String(error);
  const known = [DatabaseError, LoginError, ModelCheckError];
  const isUsage = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (isUsage || known.some((kind) => error instanceof kind)) return error.message;
  return error.stack ?? error.message;
}
