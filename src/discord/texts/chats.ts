/** What the bot says about stories as a whole: branches, lists, switching, settings, exports. */
export const chatTexts = {
  branchedOff: (story: string, link: string | null) =>
    link === null
      ? `This branched off **${story}** at its beginning.`
      : `This branched off **${story}** [here](${link}); everything up to there is shared.`,
  point: (name: string, text: string | null) =>
    text === null ? `Saved: ${name}` : `${name}: ${text.replaceAll('\n', ' ')}`,
  goOn: 'Write a message to go on from here.',
  branched: (channel: string) => `The branch begins in <#${channel}>.`,
  branchWaits: (name: string) =>
    `**${name}** waits for you. Take it up here with \`/chat switch\` or the button.`,
  takeUp: 'Take it up here',
  branchThere: 'Branch off there',
  begun: (name: string, channel: string) => `**${name}** begins in <#${channel}>.`,
  listTitle: 'Stories here',
  listEmpty: 'No story that you could see has been played here yet. Begin one with `/start`.',
  listFooter: (page: number, pages: number) => `Page ${page} of ${pages}`,
  listEntry: (name: string, characters: string, played: number, where: string) =>
    `**${name}**\n${characters === '' ? '' : `${characters} · `}<t:${played}:R> · ${where}`,
  waits: 'waits',
  putAway: 'put away',
  previous: '◀',
  next: '▶',
  switched: (user: string, name: string) => `<@${user}> takes up **${name}** here.`,
  renamed: (user: string, name: string) => `-# <@${user}> calls this story **${name}** now.`,
  archived: (user: string, name: string) =>
    `-# <@${user}> puts **${name}** away. \`/chat switch\` takes it up again.`,
  archive: {
    question: (name: string) =>
      `Put **${name}** away? Nothing of it is lost, and \`/chat switch\` takes it up again.`,
    button: 'Put it away',
    done: 'Put away.',
  },
  settings: {
    title: (name: string) => `Settings of ${name}`.slice(0, 256),
    answers: 'Who answers',
    note: "Author's note",
    instructions: 'Instructions after the story',
    sampling: 'Sampling',
    budget: 'Budget',
    none: 'as the bot is set up',
    noteAt: (depth: number, text: string) => `${depth} messages from the end: ${text}`,
    budgetIs: (soft: number, hard: number) => `${soft} tokens, ${hard} at most`,
    edit: 'Change',
    modes: {
      addressed: 'Whoever is addressed',
      everyone: 'Everyone, one after the other',
      round: 'In turns',
      talkative: 'By how talkative they are',
    },
    fields: {
      note: "Author's note",
      depth: 'Messages from the end (0 to 40)',
      instructions: 'Instructions',
      temperature: 'Temperature (0 to 2)',
      topP: 'Top P (0 to 1)',
      maxTokens: 'Longest reply in tokens',
      stop: 'Stop at (one per line, at most 4)',
      penalties: 'Frequency and presence penalty (-2 to 2)',
      soft: 'Tokens to aim for (500 or more)',
      hard: 'Tokens at most (500 or more)',
    },
  },
  transcript: {
    cast: (names: string) => `With ${names}`,
    whispers: (name: string, to: string) => `${name} (whispers to ${to})`,
  },
  exported: (name: string, turns: number) =>
    `**${name}**, ${turns} ${turns === 1 ? 'message' : 'messages'}.`,
} as const;

export const chatRefusals = {
  'unknown-story': () => 'There is no such story here. Pick one from the list.',
  'played-elsewhere': () =>
    'This story is being played in another channel. Put it away there first.',
  'may-not-open': ({ permission }: Readonly<Record<string, string | number>>) =>
    `I may not open a room for it. Give me the "${permission}" permission here and try again.`,
  'nowhere-to-open': () => 'No room can be opened from here. Ask in a text channel of a server.',
  'only-characters': () =>
    'Only a character that is present hears a whisper. Pick one from the list.',
  'bad-setting': ({ field }: Readonly<Record<string, string | number>>) =>
    `"${field}" does not take this value. Look at its range and try again.`,
  'nothing-to-export': () => 'You have witnessed nothing of this story yet. Play in it first.',
} as const;
