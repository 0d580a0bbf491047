import { canariesIn } from './canaries.ts';
import type { StoryRecord } from './storyRecord.ts';
import type { WanderHouse } from './wanderHouse.ts';

/**
 * Holds everything that anyone was shown to where it was said: nothing crosses from one server, or
 * someone's direct messages, to another, and a whisper reaches only who whispered.
 */
export function checkViews(
  { people, places, canaries, sandbox }: WanderHouse,
  record: StoryRecord,
): string[] {
  const problems: string[] = [];
  const guildOf = new Map<string, string | null>();
  for (const person of people) {
    for (const { guild, channels } of person.view().guilds) {
      for (const { id } of channels) guildOf.set(id, guild.id);
    }
  }
  for (const { channel, guild } of places) guildOf.set(channel, guild);
  const homeOf = (channel: string): string => guildOf.get(channel) ?? `direct ${channel}`;
  const bornIn = (word: string): string | null => {
    const channel = canaries.get(word)?.channel;
    if (channel !== null && channel !== undefined) return homeOf(channel);
    const [event] = record.holding(word);
    const home = event === undefined ? null : record.homeOf(event);
    return home?.startsWith('dm-') ? `direct ${directOf(home)}` : home;
  };
  const directOf = (home: string) =>
    people.find(({ id }) => home === `dm-${id}`)?.view().directMessages[0]?.id;
  const look = (who: string | null, channel: string, shown: unknown) => {
    for (const word of canariesIn(shown)) {
      const born = bornIn(word);
      if (born !== null && guildOf.has(channel) && born !== homeOf(channel)) {
        problems.push(`${word} of ${born} in ${channel}`);
      }
      const to = whisperedTo(record, word) ?? canaries.get(word)?.secretOf ?? null;
      if (to !== null && to !== who) problems.push(`${word}, whispered to ${to}, seen by ${who}`);
    }
  };
  for (const person of people) {
    for (const notice of person.notices) {
      if (notice.kind !== 'message' && notice.kind !== 'messageEdited') continue;
      look(person.id, notice.message.channel_id, { ...notice.message, components: [] });
    }
  }
  for (const channel of guildOf.keys()) {
    for (const message of sandbox.allMessages(channel)) look(null, channel, message.content);
  }
  return [...new Set(problems)];
}

/** The person who alone may read what a character whispered; null for what everyone may. */
function whisperedTo(record: StoryRecord, word: string): string | null {
  for (const event of record.holding(word)) {
    if (event.type !== 'ReplyCompleted') continue;
    const to = record.turns.get(event.node ?? '')?.to;
    if (to?.startsWith('user:')) return to.slice(5);
  }
  return null;
}
