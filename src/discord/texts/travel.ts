const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** Going to another point of the story: rewind, undo, save, load, reset. */
export const travelTexts = {
  rewind: {
    title: 'Rewind the story',
    question: (words: string) => `The story goes back to here:\n> ${words}`,
    goes: 'What goes',
    turns: (n: number) => count(n, 'message', 'messages'),
    scenes: (n: number) => count(n, 'scene', 'scenes'),
    relationships: (n: number) => count(n, 'relationship change', 'relationship changes'),
    memories: (n: number) => count(n, 'memory', 'memories'),
    nothing: 'nothing',
    footer: 'It can be undone until the story moves on.',
    confirm: 'Rewind',
    done: 'Rewound.',
    choice: (back: number, name: string, words: string) => `${back} back · ${name}: ${words}`,
    told: (user: string, n: number) =>
      `-# <@${user}> takes the story back by ${count(n, 'message', 'messages')}.`,
  },
  cancel: 'Leave it',
  undo: {
    button: 'Undo',
    told: (user: string) => `-# <@${user}> takes that back.`,
    over: 'The story has moved on',
  },
  save: {
    done: (name: string) => `This point is kept as **${name}**. \`/load\` returns to it.`,
  },
  load: {
    told: (user: string, name: string) => `-# <@${user}> takes the story to **${name}**.`,
    done: 'The story stands there now.',
  },
  reset: {
    title: (name: string) => `${name} begins anew`.slice(0, 45),
    warning: (name: string, alone: boolean) =>
      alone
        ? `The story goes back to before its beginning, and ${name} opens it anew with the next message.`
        : `${name} forgets everything until now, and all that it is to others starts again.`,
    label: (name: string) => `Type ${name}`.slice(0, 45),
    done: (name: string) => `${name} begins anew.`,
    told: (user: string, name: string) => `-# <@${user}> has **${name}** begin anew.`,
  },
} as const;

export const travelRefusals = {
  'name-not-typed': ({ name }: Readonly<Record<string, string | number>>) =>
    `Nothing was done: the name does not match. Ask again and type ${name ?? 'it'}.`,
} as const;
