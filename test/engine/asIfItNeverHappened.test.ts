import { expect, test } from 'vitest';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { sequence } from '../fuzz/sequence.ts';

// 10,000 longer ones: npm run fuzz:log
test('whatever is done in whatever order, a chat is as a fresh one that was told only its line', async () => {
  const store = sqliteStore(openDatabase(':memory:'));
  for (let seed = 1; seed <= 200; seed += 1) {
    expect(await sequence(store, seed, 45)).toBeNull();
  }
  store.close();
}, 60_000);
