type Details = Readonly<Record<string, string | number>>;

/** Beginning a story: the opening that is looked at, and what is missing. */
export const startTexts = {
  beginning: 'Setting the scene…',
  where: 'Where',
  when: 'When',
  weather: 'Weather',
  days: 'Counting days',
  unsaid: { place: 'Somewhere', time: 'Now' },
  who: 'Who',
  doing: 'As it begins',
  toYou: (guest: string) => `To ${guest}`.slice(0, 256),
  first: (at: number, of: number) => (of > 1 ? `First words · ${at + 1} of ${of}` : 'First words'),
  ownWords: 'The character finds its own.',
  draft: 'Only you see this. Nothing has begun yet.',
  replaces: (story: string) =>
    `**${story}** is being played here. It is put away when you begin; nothing of it is lost.`,
  buttons: {
    begin: 'Begin',
    edit: 'Edit',
    earlier: '◀',
    later: '▶',
    cancel: 'Cancel',
    keep: 'Keep playing',
    anew: (name: string) => `Put it away, begin with ${name}`.slice(0, 80),
  },
  cancelled: 'Nothing was begun.',
  form: {
    title: 'The opening',
    place: { label: 'Where', hint: '' },
    time: { label: 'When', hint: '' },
    world: {
      label: 'Weather, and what days count from',
      hint: 'Two lines, such as: Rain / Day 1 = the first frost',
    },
    people: {
      label: 'Who does what, and stands how to you',
      hint: 'Name: what they do (warmth/trust, 0 to 100, and what you are to them)',
    },
    greeting: { label: 'First words', hint: 'Left blank, the character finds its own.' },
  },
  began: (user: string) => `<@${user}> begins a story`,
  offline: 'Offline model: answers are made by simple rules.',
  connect:
    'No language model is connected, so characters answer by simple rules. The owner of this bot connects one with `NARRATIVE_MODEL` and `LLM_BASE_URL`; the README says how.',
  nobody: {
    title: 'Nobody is here to play with',
    text: (create: string, imported: string) =>
      `Every character of this server was retired. Write one with ${create}, or bring a card with ${imported}.`,
  },
  welcome: {
    title: 'Troupe is here',
    text: (start: string, persona: string, settings: string) =>
      `Characters play with you in any channel, and remember what they witnessed.\n\n` +
      `**1.** Begin a story: ${start}\n` +
      `**2.** Say who you are in it: ${persona}\n` +
      `**3.** Set who may do what: ${settings}`,
    footer: 'Until a story begins in a channel, nothing there is read or stored.',
  },
} as const;

export const startRefusals = {
  'bad-opening': ({ line }: Details) =>
    `This line cannot be read: "${line}". Begin it with a name and a colon, keep figures within 0 and 100, and press Edit: what you typed is still there.`,
  'not-yours': () => 'Only whoever asked for this can use it. Ask for your own with `/start`.',
  'too-many-characters': ({ most }: Details) =>
    `At most ${most} characters begin a story together. Pick fewer; others can come in later.`,
  'only-age-restricted': ({ name }: Details) =>
    `${name} plays in age-restricted channels only. Ask there, or have this channel set so.`,
  'no-adults': ({ name }: Details) =>
    `${name} is marked adult, and this server plays without. Pick someone else.`,
  'may-not-speak': ({ permission }: Details) =>
    `I need the "${permission}" permission in this channel to play here. Give it to me and try again.`,
} as const;
