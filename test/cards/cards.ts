import fc from 'fast-check';

/** JSON that somebody else may have put into a card. */
export const anything = fc.jsonValue({ maxDepth: 3 });
const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const name = text.filter((each) => each.trim() !== '');
const extensions = fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), anything);

const v1 = {
  name,
  description: text,
  personality: text,
  scenario: text,
  first_mes: text,
  mes_example: text,
};

const entry = fc.record(
  {
    keys: fc.array(name, { maxLength: 4 }),
    content: text,
    extensions,
    enabled: fc.boolean(),
    insertion_order: fc.integer({ min: 0, max: 1_000 }),
    case_sensitive: fc.boolean(),
    name: text,
    priority: fc.integer({ min: 0, max: 100 }),
    id: fc.oneof(fc.integer(), fc.string()),
    comment: text,
    selective: fc.boolean(),
    secondary_keys: fc.array(text, { maxLength: 3 }),
    constant: fc.boolean(),
    position: fc.constantFrom('before_char', 'after_char'),
  },
  { requiredKeys: ['keys', 'content', 'extensions', 'enabled', 'insertion_order'] },
);

const book = fc.record(
  {
    name: text,
    description: text,
    scan_depth: fc.nat(50),
    token_budget: fc.nat(4_000),
    recursive_scanning: fc.boolean(),
    extensions,
    entries: fc.array(entry, { maxLength: 4 }),
  },
  { requiredKeys: ['extensions', 'entries'] },
);

const v2 = {
  ...v1,
  creator_notes: text,
  system_prompt: text,
  post_history_instructions: text,
  alternate_greetings: fc.array(text, { maxLength: 3 }),
  tags: fc.array(text, { maxLength: 3 }),
  creator: text,
  character_version: text,
  extensions,
};

const v3 = {
  ...v2,
  group_only_greetings: fc.array(text, { maxLength: 2 }),
  nickname: text,
  creation_date: fc.nat(),
  source: fc.array(fc.webUrl(), { maxLength: 2 }),
  creator_notes_multilingual: fc.dictionary(fc.constantFrom('en', 'de', 'ru'), text),
};

const known = (shape: Record<string, fc.Arbitrary<unknown>>, needed: Record<string, unknown>) =>
  fc
    .record({ ...shape, character_book: book }, { requiredKeys: Object.keys(needed) as never[] })
    .chain((data) => extensions.map((unknown) => ({ ...unknown, ...data })));

/** Cards of the three specifications, with what the specifications do not know among it. */
export const cards = fc.oneof(
  known(v1, v1),
  known(v2, v2).map((data) => ({ spec: 'chara_card_v2', spec_version: '2.0', data })),
  known(v3, v2).map((data) => ({ spec: 'chara_card_v3', spec_version: '3.0', data })),
);

/** A card with all that is understood in it. */
export const WREN = {
  spec: 'chara_card_v3',
  spec_version: '3.0',
  data: {
    name: 'Wren Halloway',
    nickname: 'Wren',
    description: '{{char}} mends clocks and is never on time.',
    personality: 'curious, forgetful',
    scenario: '{{user}} brings a clock that runs backwards.',
    first_mes: '*does not look up* One moment, {{user}}.',
    alternate_greetings: ['You again.', '*asleep over a spring*'],
    mes_example: '<START>\n{{char}}: Time is a rumour.',
    system_prompt: '',
    post_history_instructions: 'Keep it short.',
    creator_notes: 'Made for a test.',
    creator: 'ann',
    tags: ['cosy', 'clocks'],
    character_version: '2',
    extensions: { 'somebody/else': { kept: true } },
    group_only_greetings: [],
    character_book: {
      name: 'The street',
      scan_depth: 3,
      token_budget: 300,
      recursive_scanning: false,
      extensions: {},
      entries: [
        {
          keys: ['tower'],
          content: 'The tower clock has stood still for nine years.',
          extensions: {},
          enabled: true,
          insertion_order: 10,
        },
        {
          keys: ['key'],
          content: '@@known_by Wren\nThe key to the tower is in the blue vase.',
          extensions: {},
          enabled: true,
          insertion_order: 5,
        },
      ],
    },
  },
};
