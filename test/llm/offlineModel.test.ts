import { describe, expect, it } from 'vitest';
import { offlineModel } from '../../src/llm/offlineModel.ts';
import { asking, hear, type Line } from '../support/modelTalk.ts';

const sheet = `You write Mira, a character in a story told together on Discord.

<section name="character">
Name: Mira (she/her)
Persona: Mira keeps the inn at the end of the pier and every secret told in it.
Traits: patient, dry
Voice samples:
- Sit. The soup is honest, which is more than I can say for the company.
Backstory: She came with the first winter ship and stayed. Nobody asked her why.
</section>
<section name="character, continued">
Voice samples:
- "Every ledger has a page that nobody reads."
Backstory: The bell was hers to ring.
</section>

<section name="scene">
Place: The Drowned Bell
Time: Late evening
Present: Mira, Ann, Ben
</section>`;

const model = offlineModel({ pace: 0 });
const turns = (...lines: Line[]) => asking([['system', sheet], ...lines]);
const answerTo = async (...lines: Line[]) => (await hear(model, turns(...lines))).text;
const answersTo = (...said: string[]) =>
  Promise.all(said.map((each) => answerTo(['user', `Ann: ${each}`])));

describe('the offline model', () => {
  it('names itself, and claims no tokens that it did not count', async () => {
    const { end } = await hear(model, turns(['user', 'Ann: Hello!']));
    expect(end).toEqual({ kind: 'end', finish: 'stop', model: 'offline', usage: null });
  });

  it('says what it is when asked', async () => {
    for (const answer of await answersTo('Are you an AI?', 'Are you a language model, Mira?')) {
      expect(answer).toMatch(/offline stand-in.*no language model/);
    }
    expect(await answerTo(['user', 'Ann: Ты нейросеть?'])).toMatch(/языковой модели за ними нет/);
  });

  it('gives the same request the same answer, and another one another', async () => {
    const [one, again, other] = await answersTo(
      'I like the rain.',
      'I like the rain.',
      'I like the snow.',
    );
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('acts and speaks', async () => {
    for (const answer of await answersTo(
      'Hello!',
      'Why is it so dark?',
      '*sits down*',
      'It rains.',
    )) {
      expect(answer).toMatch(/^\*[^*]+\* \S/);
      expect(answer).not.toMatch(/[{}]|undefined/);
    }
  });

  it.each<[string, string, RegExp]>([
    ['its name', 'Who are you?', /Mira/],
    ['the place', 'What is this place?', /The Drowned Bell/],
    ['someone in the scene', 'I do not trust Ben.', /Ben/],
  ])('answers about %s', async (_, said, expected) => {
    expect(await answerTo(['user', `Ann: ${said}`])).toMatch(expected);
  });

  it.each([
    ['a present', 'I give you this brass button.', /For me|button|in return|trouble|keep it/],
    ['a promise', 'I swear I will come back.', /hold you|promise|exactly|believe/i],
    ['a reproach', 'You lied to me.', /fair|say all|had that coming|tongue|explain|worse/],
    ['a way to go', "Let's go to the river bank.", /Lead on|river bank|corners|After you/],
    ['обещание', 'Обещаю вернуться весной.', /слов|обещан|Верю/i],
    ['путь', 'Пойдём к реке.', /Веди|Пойдём|стены|После тебя/],
  ])('answers %s as what it is', async (_, said, expected) => {
    expect(await answerTo(['user', `Ann: ${said}`])).toMatch(expected);
  });

  it.each([
    ['memories', '- '],
    ['other stories', '- From another time, in the story "Mira: a tale", no part of this one: '],
  ])(
    'says what it remembers when asked (%s), and whom a whisper is from without the whisper',
    async (name, lead) => {
      const memory = `<section name="${name}">\n${lead}I heard Ann promise to mend the gate.\n</section>`;
      const { text } = await hear(
        model,
        asking([
          ['system', sheet],
          ['system', memory],
          ['user', 'Ann (whispering to Mira): Do you remember me?'],
        ]),
      );
      expect(text).toContain('I heard Ann promise to mend the gate.');
      expect(text).not.toMatch(/whispering|another time/);
    },
  );

  it('does not say again what somebody else has just said', async () => {
    const first = await answerTo(['user', 'Ann: Hm.']);
    const second = await answerTo(['user', 'Ann: Hm.'], ['user', `Ben: ${first}`]);
    for (const phrase of first.split(/\n\n|\*\s/)) expect(second).not.toContain(phrase);
  });

  it("tells of the character's past from its backstory", async () => {
    expect(
      (
        await answersTo('Where are you from?', 'Tell me about yourself.', 'What about your past?')
      ).join(),
    ).toMatch(/first winter ship/);
  });

  it('answers in the language of the last turn', async () => {
    expect(await answerTo(['user', 'Ann: Привет!'])).toMatch(/^\*[а-яё]/i);
    expect(
      await answerTo(['user', 'Ann: Привет!'], ['assistant', 'Да.'], ['user', 'Ann: Hi!']),
    ).toMatch(/^\*[a-z]/i);
  });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'does not repeat itself in ten turns (%i)',
    async (seed) => {
      const talk = [
        'Hm.',
        'I see.',
        'It rains.',
        'The sea is loud.',
        'I walked.',
        'It is late.',
        'I have a letter.',
      ];
      const ask = ['Why?', 'Is it far?', 'Do you know the captain?'];
      const said: Line[] = [];
      const seen = new Set<string>();
      for (let turn = 0; turn < 10; turn++) {
        const line = turn % 4 === 3 ? ask[(seed + turn) % 3] : talk[(seed * 3 + turn) % 7];
        said.push(['user', `Ann: ${line}`]);
        const answer = await answerTo(...said);
        said.push(['assistant', answer]);
        for (const phrase of answer.split(/\n\n|\*\s/)) {
          expect(seen, phrase).not.toContain(phrase);
          seen.add(phrase);
        }
      }
    },
  );

  it('tells a long story when asked, longer than a Discord message', async () => {
    for (const answer of await answersTo('Tell me a long story.', 'Расскажи длинную историю')) {
      expect(answer.length).toBeGreaterThan(2_000);
      expect(answer.split('\n\n').length).toBeGreaterThan(4);
    }
  });

  it('stops at the bound of the answer and says so', async () => {
    const request = {
      ...turns(['user', 'Ann: Tell me a long story.']),
      sampling: { maxTokens: 25 },
    };
    const { text, end } = await hear(model, request);
    expect(text.split(/\s+/)).toHaveLength(25);
    expect(end?.finish).toBe('length');
  });

  it('goes on when asked to continue', async () => {
    const before: Line[] = [
      ['user', 'Ann: Hello!'],
      ['assistant', '*nods* Ann. Good.'],
    ];
    expect(await answerTo(...before)).toMatch(/\S/);
    expect(await answerTo(...before)).not.toContain('Ann. Good.');
  });

  it('answers whatever the prompt lacks', async () => {
    const requests = [
      asking([]),
      asking([['user', 'Hello?']]),
      asking([
        ['system', 'No sections here.'],
        ['user', 'Ann: *waves*'],
      ]),
      asking([
        ['system', '<section name="character">\nTraits:\n</section>'],
        ['user', ':'],
      ]),
      asking([['system', sheet]]),
      asking('Who are you?'),
      asking('Where are we?'),
    ];
    for (const request of requests) {
      const { text, error } = await hear(model, request);
      expect(error).toBeUndefined();
      expect(text).toMatch(/\S/);
      expect(text).not.toMatch(/[{}]|undefined/);
    }
  });
});

describe('its pace', () => {
  it('is a wait before every few words', async () => {
    const waits: number[] = [];
    const paced = offlineModel({ pace: 40, wait: async (ms) => void waits.push(ms) });
    const { text, parts } = await hear(paced, turns(['user', 'Ann: Hello!']));
    expect(new Set(waits)).toEqual(new Set([40]));
    expect(waits).toHaveLength(parts.length - 1);
    expect(waits.length).toBeGreaterThan(text.split(/\s+/).length / 3);
  });

  it('ends at once when the reply is stopped', async () => {
    const stop = new AbortController();
    const paced = offlineModel({ pace: 40, wait: async () => stop.abort() });
    const { parts, error } = await hear(paced, turns(['user', 'Ann: Hello!']), stop.signal);
    expect(parts).toHaveLength(1);
    expect(error).toMatchObject({ name: 'AbortError' });
    const slow = offlineModel({ pace: 1_000_000 });
    const stopping = new AbortController();
    const heard = hear(slow, turns(['user', 'Ann: Hello!']), stopping.signal);
    stopping.abort();
    expect((await heard).error).toMatchObject({ name: 'AbortError' });
  });
});
