type Details = Readonly<Record<string, string | number>>;

/** How a server is set. */
export const settingsTexts = {
  title: 'Settings of this server',
  rights: 'Who may do what',
  limits: 'Limits of a day',
  adults: 'Adult characters',
  language: 'Language of what everyone reads',
  rightNames: {
    speak: 'Speak in stories',
    start: 'Begin stories',
    regenerate: 'Have a reply told anew',
    branch: 'Branch stories off',
    rewind: 'Rewind stories',
    reset: 'Begin anew, put away',
    'edit-state': 'Change what a story holds',
    'author-characters': 'Write characters',
    configure: 'Change these settings',
  },
  usually: {
    everyone: 'everyone',
    owner: 'whose story it is, "Manage Channels"',
    managers: '"Manage Server"',
  },
  limit: (turns: number, tokens: number) =>
    [
      turns === 0 ? null : `${turns.toLocaleString('en')} ${turns === 1 ? 'message' : 'messages'}`,
      tokens === 0 ? null : `${tokens.toLocaleString('en')} tokens`,
    ]
      .filter((part) => part !== null)
      .join(', ') || 'none',
  limitOf: { person: 'Each person', home: 'The server' },
  adultsIn: {
    'age-restricted': 'In age-restricted channels',
    nowhere: 'Nowhere',
  },
  languages: { discord: 'As set for the server on Discord', en: 'English', ru: 'Русский' },
  pick: 'Give a right to roles…',
  setLimits: 'Set limits',
  grant: {
    title: (right: string) => `Who may: ${right}`.slice(0, 256),
    text: (usually: string) =>
      `Pick the roles that may. With none picked: ${usually}. Whoever has "Manage Server" always may.`,
    pick: 'Roles',
    back: 'Back',
  },
  form: {
    title: 'Limits of a day',
    personTurns: 'Messages of each person',
    personTokens: 'Tokens for each person',
    homeTurns: 'Messages of the whole server',
    homeTokens: 'Tokens for the whole server',
    hint: 'Left blank, there is no limit. A day ends at midnight, UTC.',
  },
  only: 'This is set in a server. In direct messages, everything is yours to decide.',
  usedUp: (until: number) =>
    `Your part of today is used up. What you write stays in the story; write again <t:${until}:R> to be answered.`,
  allUsedUp: (until: number) =>
    `This server's part of today is used up. What is written stays in the story; write again <t:${until}:R> to be answered.`,
} as const;

export const settingsRefusals = {
  'limit-reached': ({ whose, until }: Details) =>
    `${whose === 'person' ? 'Your' : "This server's"} part of today is used up. Try again <t:${until}:R>.`,
  'bad-limit': ({ most }: Details) =>
    `A limit is a whole number from 1 to ${Number(most).toLocaleString('en')}. Leave it blank for none.`,
} as const;
