/** What people do to their messages, and what they ask about them. */
export const wordTexts = {
  purge: {
    question: (owner: string, n: number) =>
      n === 1
        ? `<@${owner}>, one of the deleted messages is part of the story. Remove it from the story too?`
        : `<@${owner}>, ${n.toLocaleString('en')} of the deleted messages are part of the story. Remove them from the story too?`,
    remove: 'Remove them from the story',
    keep: 'Keep them',
    removed: (user: string, n: number) =>
      `-# <@${user}> removes ${n.toLocaleString('en')} deleted ${n === 1 ? 'message' : 'messages'} from the story.`,
    kept: (user: string) => `-# <@${user}> keeps the deleted messages in the story.`,
  },
  away: {
    skipped:
      '-# Some of what was written here while I was away is too old, or too much, and is not in the story. Say again what matters.',
  },
  remember: {
    title: 'Remember this',
    label: 'What is to be remembered',
    hint: 'By every character who witnessed it',
    done: (names: string) => `${names} will remember this.`,
  },
} as const;
