/** Other attempts at a reply, and the line between what is in the story and what has left it. */
export const variantTexts = {
  regenerate: {
    button: 'Regenerate',
    done: 'Told anew.',
    reworded: 'Your words are changed, and the story goes on from them.',
    title: 'Change your words',
    label: 'What you say and do instead',
  },
  earlier: '◀',
  later: '▶',
  count: (at: number, of: number) => `${at + 1}/${of}`,
  choose: 'Choose this',
  chosen: 'The story goes on from here.',
  current: 'This is the one in the story.',
  only: 'There is only one. Tell it anew to have another.',
  divider: (link: string) =>
    `-# From ${link} down to this line, nothing is part of the story any more. It goes on below.`,
} as const;
