/** What is stored about a person: given to them, and erased. */
export const privacyTexts = {
  export: {
    given: (everywhere: boolean) =>
      everywhere
        ? 'This is all that is stored about you, in every server and in your direct messages.'
        : 'This is all that is stored about you in this server. Ask me in a direct message for everything.',
  },
  erase: {
    title: 'Erase what is yours',
    warning: (everywhere: boolean, works: boolean) =>
      [
        `This erases what is yours ${everywhere ? 'in every server and in your direct messages' : 'in this server'}, and it cannot be undone.`,
        '',
        '**What goes**',
        '- What you wrote in stories, and what you added or changed there by hand: places, scenes, notes, memories',
        '- How you appear: your name there, your pronouns, your description',
        '- What characters remember, know and feel because of your words; they think it over again without them',
        works
          ? '- The characters and lorebooks that you made; where a character plays, only its name is left'
          : '- Your name on the characters and lorebooks that you made',
        '',
        '**What stays**',
        '- What characters answered, as long as nobody deletes it, with an opening’s first words among it',
        '- Your words where others quoted them in messages of their own',
        works ? '' : '- The characters and lorebooks that you made, which the server shares',
        '- That your account took part, when, and how much of a day it used',
        '- Your messages on Discord: those are yours to delete there',
      ]
        .filter((line, index, lines) => line !== '' || lines[index + 1]?.startsWith('**'))
        .join('\n'),
    word: 'erase',
    label: (word: string) => `Type ${word}`,
    begun: 'It has begun. What is being said in your stories ends first; this can take a while.',
    finished: 'What was yours is erased. What you write from now on is new.',
  },
} as const;

export const privacyRefusals = {
  'word-not-typed': ({ word }: Readonly<Record<string, string | number>>) =>
    `Nothing was erased: the word does not match. Ask again and type ${word ?? 'it'}.`,
} as const;
