/** What the bot says about the story's world: scenes, places, time, memories, whispers, prompts. */
export const worldTexts = {
  undo: 'Undo',
  undone: (user: string) => `-# <@${user}> takes that back.`,
  scene: {
    title: 'The scene',
    none: 'No scene is open.',
    where: 'Where',
    when: 'When',
    weather: 'Weather',
    here: 'Here',
    gone: 'Not here',
    nobody: 'nobody',
    at: (name: string, place: string) => `${name} (${place})`,
    asleep: 'asleep',
    away: 'away',
    opened: (user: string, place: string, time: string) =>
      `-# <@${user}> opens a scene: ${place}${time === '' ? '' : `, ${time}`}.`,
    closed: (user: string) => `-# <@${user}> closes the scene.`,
    moved: (user: string, who: string, place: string) => `-# <@${user}> has ${who} go to ${place}.`,
    weatherIs: (user: string, weather: string | null) =>
      weather === null
        ? `-# <@${user}>: the weather is nothing to speak of.`
        : `-# <@${user}>: ${weather}.`,
    presence: {
      comes: (user: string, who: string) => `-# <@${user}> has ${who} come in.`,
      goes: (user: string, who: string) => `-# <@${user}> has ${who} leave.`,
      sleeps: (user: string, who: string) => `-# <@${user}> has ${who} fall asleep.`,
      wakes: (user: string, who: string) => `-# <@${user}> has ${who} wake.`,
      away: (user: string, who: string) => `-# <@${user}> has ${who} step away.`,
    },
  },
  time: {
    units: { minutes: 'minutes', hours: 'hours', days: 'days', weeks: 'weeks' },
    advanced: (user: string, amount: number, unit: string, now: string) =>
      `-# <@${user}> lets ${amount} ${unit} pass: ${now}.`,
    anchored: (user: string, anchor: string) => `-# <@${user}> counts time anew: ${anchor}.`,
    now: (day: number, hours: string) => `day ${day}, ${hours} since it began`,
  },
  memory: {
    title: (name: string) => `What ${name} remembers`.slice(0, 256),
    none: 'Nothing that you witnessed, too.',
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    pinned: 'pinned',
    previous: '◀',
    next: '▶',
    told: (user: string, name: string) => `-# <@${user}> changes what ${name} remembers.`,
  },
  whisper: {
    answer: (name: string) => `**${name}** whispers`,
    earlier: (name: string) => `**${name}** whispered to you before`,
    restart: 'The bot is being restarted. The answer comes with your next whisper.',
    silent: (name: string) => `${name} did not answer.`,
  },
} as const;
