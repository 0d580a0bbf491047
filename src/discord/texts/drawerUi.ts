const figure = (n: number): string => n.toLocaleString('en');

/** What the bot says around the drawer: its controls, live panels, and what replies were made from. */
export const drawerUiTexts = {
  receipt: {
    why: 'Why this reply',
    unknown: 'What this reply was made from is not known.',
    next: (name: string) => `What ${name} would read now`.slice(0, 256),
    /** @param most tokens that are aimed at */
    room: (name: string, tokens: number, most: number) =>
      `${name} read ${figure(tokens)} tokens before this reply, of ${figure(most)} that there is room for.`,
    roomNext: (name: string, tokens: number, most: number) =>
      `${name} would read ${figure(tokens)} tokens before the next reply, of ${figure(most)} that there is room for.`,
    made: 'What that is made of',
    sections: {
      rules: 'How to play',
      character: 'Who the character is',
      'character, continued': 'Its past and its voice',
      world: 'Lore of the world',
      'earlier scenes': 'Earlier scenes, summed up',
      memories: 'Memories',
      scene: 'Place, time, and who does what',
      people: 'How it stands to those present',
      'known facts': 'What it knows of them',
      story: 'The last messages',
      "author's note": 'Author’s note',
      instructions: 'Instructions',
    } as Readonly<Record<string, string>>,
    share: (tokens: number, percent: number) =>
      `${figure(tokens)} · ${percent === 0 ? 'under 1' : percent} %`,
    remembered: 'What came to mind',
    unwitnessed: '*something that you did not witness*',
    pinned: '📌',
    kept: 'pinned, so always there',
    leftOut: 'left out',
    because: {
      words: 'what was said fits it',
      beside: 'it happened beside what fits',
      date: 'it is near the day that was named',
      figure: 'it tells when, or how many',
      significance: 'it matters',
    } as Readonly<Record<string, string>>,
    more: (n: number) => `and ${figure(n)} more`,
    cut: 'What did not fit',
    /** @param names of what was left out @param most tokens */
    cutSoft: (names: string, most: number) =>
      `${names}: the rest already took up the ${figure(most)} tokens that are aimed at.`,
    cutHard: (names: string, most: number) =>
      `${names}: the rest already took up all of the ${figure(most)} tokens that the model takes.`,
    parts: {
      weather: () => 'the weather',
      backstory: (n: number) => (n === 1 ? 'a part of its past' : `${figure(n)} parts of its past`),
      'voice samples': (n: number) =>
        n === 1 ? 'a sample of its voice' : `${figure(n)} samples of its voice`,
      'older turns': () => 'messages further back',
      'the last 12 turns': () => 'some of the last messages',
      'scene summaries': (n: number) =>
        n === 1 ? 'an earlier scene' : `${figure(n)} earlier scenes`,
      "the world's lore": (n: number) =>
        n === 1 ? 'a piece of lore' : `${figure(n)} pieces of lore`,
      'known facts': (n: number) => (n === 1 ? 'a known fact' : `${figure(n)} known facts`),
      'retrieved memories': () => 'memories that came to mind',
      'pinned memories': (n: number) =>
        n === 1 ? 'a pinned memory' : `${figure(n)} pinned memories`,
      'what people say of themselves': () => 'what people say of themselves',
    } as Readonly<Record<string, (n: number) => string>>,
    fits: 'Nothing was left out.',
    footer: 'A token is about three quarters of a word.',
  },
} as const;
