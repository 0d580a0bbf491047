/** `npm run eval:witness -- FILE`: whether everyone's prompt holds what they witnessed, and nothing else. */
import { Chats } from './app/chats.ts';
import { Prompts } from './app/promptFor.ts';
import { type Checked, playStory } from './ops/playStories.ts';
import { readStories, StoriesError } from './ops/readStories.ts';
import { openDatabase } from './store/openDatabase.ts';
import { sqliteStore } from './store/sqliteStore.ts';

/** All that somebody knows fits: what is asked is what a prompt may hold, not what it has room for. */
const EVERYTHING = Number.MAX_SAFE_INTEGER;

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('Name a file: npm run eval:witness -- FILE');
  process.exit(2);
}
try {
  const stories = readStories(path);
  const store = sqliteStore(openDatabase(':memory:'));
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const chats = new Chats(store, { now: () => 0, sleep: () => Promise.resolve() }, log);
  const budget = { soft: EVERYTHING, hard: EVERYTHING };
  const settings = { model: '', budget, olderTurns: EVERYTHING };
  const prompts = new Prompts({
    store,
    meanings: null,
    settings,
    books: () => [],
    count: (text) => text.length,
  });
  const checked: Checked[] = [];
  for (const [number, story] of stories.entries()) {
    checked.push(...(await playStory(story, number, { chats, prompts })));
  }
  store.close();
  report(checked);
} catch (error) {
  if (!(error instanceof StoriesError)) throw error;
  console.error(error.message);
  process.exit(1);
}

function report(checked: readonly Checked[]): void {
  const byStory = [...Map.groupBy(checked, ({ story }) => story)];
  console.table(
    [...byStory, ['all stories', checked] as const].map(([story, checks]) => ({
      story,
      checks: checks.length,
      right: checks.filter(isRight).length,
      leaked: checks.filter(({ knows, held }) => held && !knows).length,
      missing: checks.filter(({ knows, held }) => knows && !held).length,
    })),
  );
  for (const { story, who, text, knows } of checked.filter((each) => !isRight(each))) {
    console.log(`${story}: ${who} ${knows ? 'should know' : 'should not know'}: ${text}`);
  }
  const right = checked.filter(isRight).length;
  const share = checked.length === 0 ? 1 : right / checked.length;
  console.log(`${right} of ${checked.length} checks are right (${(100 * share).toFixed(2)} %).`);
}

function isRight({ knows, held }: Checked): boolean {
  return knows === held;
}
