import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asked, inTavern } from '../support/tavern.ts';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const picture = { attachments: [{ name: 'map.png', type: 'image/png', base64: PIXEL }] };
const configured = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'troupe-')), 'troupe.yaml');
  writeFileSync(path, text);
  return path;
};

test('a model that can see is shown the picture that it answers, and one that turns out not to is told of it', async () => {
  const env = { TROUPE_CONFIG_PATH: configured('model: { images: true }\n') };
  const { ann, begin, house, models, settled, tavern } = await inTavern({ env });
  await begin();
  models.script('A map of the coast.', 'You said so already.');
  const { attachments } = await ann.say(tavern, 'Look at this.', picture);
  await settled('A map of the coast.');
  const [address = ''] = attachments.map(({ url }) => url);
  const parts = models.requests[0]?.body.messages.map(({ content }) => content).at(-1);
  expect(parts).toEqual([
    { type: 'text', text: expect.stringContaining('Look at this.') },
    { type: 'image_url', image_url: { url: address } },
  ]);
  // What was looked at once is only named from then on.
  await ann.say(tavern, 'A map, yes?');
  await settled('You said so already.');
  expect(asked(house, 1)).toContain('map.png');
  expect(asked(house, 1)).not.toContain('image_url');

  const blind = 'data: {"error":{"code":500,"message":"image input is not supported"}}\n\n';
  models.script({ raw: [blind] }, 'I cannot see it.');
  await ann.say(tavern, '', picture);
  await settled('I cannot see it.');
  expect(asked(house, 2)).toContain('image_url');
  expect(asked(house, 3)).not.toContain('image_url');
  expect(asked(house, 3)).toContain('An image, which cannot be seen here.');
});

test('what fits by its meaning comes to mind in a channel, where there is a model for that', async () => {
  const sense = (text: string) => [/lamp|lantern/i.test(text) ? 1 : 0.01, 1];
  const { ann, begin, bot, house, models, settled, store, tavern } = await inTavern({
    env: { EMBEDDINGS_MODEL: 'near' },
    server: { vectors: (texts) => texts.map(sense) },
  });
  await begin();
  const chat = store.chatIn(tavern) ?? '';
  models.scriptClassifier({
    json: {
      relationships: [],
      activities: [],
      scene: { ends: null, significance: 1, place: null, with: [], time: null, opening: null },
      minutes: 0,
      weather: null,
      memories: [
        {
          owner: 'e1',
          text: 'Ada hid the lantern below the third stair.',
          kind: 'event',
          confidence: 0.9,
          toldBy: null,
          significance: 1,
          turns: ['t1'],
        },
      ],
      actions: [],
    },
  });
  models.script('Hm.', 'Below, I think.');
  await ann.say(tavern, 'There is one thing to hide, and it is well hidden now, below.');
  await settled('Hm.');
  while (models.classifications.length === 0 || store.owed(['digest']).length > 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  while (!models.embedded.flat().some((text) => text.includes('lantern'))) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  while (store.vectors.missing('near', 1)?.length) await new Promise((r) => setImmediate(r));
  await ann.say(tavern, 'Any lamps?');
  await settled('Below, I think.');
  expect(asked(house, models.requests.length - 1)).toContain('below the third stair');
  const reply = bot.troupe.world.storyOf(chat).turns.at(-1)?.node ?? '';
  expect(JSON.stringify(bot.troupe.receiptOf(reply))).toContain('meaning');
});
