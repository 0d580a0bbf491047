import type { FuzzHouse } from './fuzzHouse.ts';
import { type Hints, PRESENT } from './generate.ts';

/** A route with a body, and how to come by a path of it with real ids. */
export interface Target {
  /** As the sandbox writes it. */
  route: string;
  /** What is special about the path, where a route has several targets. */
  name?: string;
  /** One alternative of a body that the document leaves open; the whole body when left out. */
  schema?: string;
  /** The path, and values that only the house knows. */
  prepare(house: FuzzHouse): Promise<{ path: string; hints?: Hints }>;
}

/** Flags are any number to the document; most numbers hold flags that a message may not carry. */
const flags = (at: string, ...from: number[]): Hints => ({ [at]: (random) => random.pick(from) });
const LAYOUT = 1 << 15;

const WORDS = ['a', 'Good evening.', 'Wer da? é漢'];
/** Something to show, mostly: nothing at all is refused, and that would be most of what is made. */
const shows = (at = ''): Hints => ({
  [`${at}/content`]: (random) => (random.chance(0.8) ? random.pick(WORDS) : undefined),
});

const nothing = (...places: string[]): Hints =>
  Object.fromEntries(places.map((place) => [place, () => null]));

const commandTargets = (inGuild: boolean): Target[] => {
  const list = `/applications/:application${inGuild ? '/guilds/:guild' : ''}/commands`;
  const type: Hints[string] = (random) => random.pick([1, 1, 1, 2, 3]);
  const description: Hints[string] = (random) => (random.chance(0.9) ? 'Does it.' : undefined);
  const hints: Hints = {
    '/type': type,
    '/[]/type': type,
    '/description': description,
    '/[]/description': description,
  };
  return [
    {
      route: `POST ${list}`,
      prepare: async (house) => ({ path: (await house.command(inGuild)).list, hints }),
    },
    {
      route: `PUT ${list}`,
      prepare: async (house) => ({ path: (await house.command(inGuild)).list, hints }),
    },
    {
      route: `PATCH ${list}/:command`,
      prepare: async (house) => ({ path: (await house.command(inGuild)).one }),
    },
  ];
};

const CALLBACK = 'POST /interactions/:interaction/:token/callback';

export const targets: readonly Target[] = [
  {
    route: 'POST /applications/:application/emojis',
    prepare: async ({ sandbox }) => ({ path: `/applications/${sandbox.applicationId}/emojis` }),
  },
  {
    route: 'PATCH /applications/:application/emojis/:id',
    prepare: async (house) => ({ path: await house.emoji() }),
  },
  ...commandTargets(false),
  ...commandTargets(true),
  {
    route: 'POST /users/@me/channels',
    prepare: async ({ sandbox }) => ({
      path: '/users/@me/channels',
      hints: { '/recipient_id': () => sandbox.as('Ada').id },
    }),
  },
  {
    route: 'POST /guilds/:guild/channels',
    prepare: async ({ sandbox }) => ({ path: `/guilds/${sandbox.guild}/channels` }),
  },
  {
    route: 'PATCH /channels/:channel',
    name: 'a text channel',
    schema: 'UpdateGuildChannelRequestPartial',
    prepare: async ({ tavern }) => ({ path: `/channels/${tavern}` }),
  },
  {
    route: 'PATCH /channels/:channel',
    name: 'a thread',
    schema: 'UpdateThreadRequestPartial',
    prepare: async (house) => ({ path: `/channels/${await house.thread()}` }),
  },
  {
    route: CALLBACK,
    name: 'a message',
    schema: 'CreateMessageInteractionCallbackRequest',
    prepare: async (house) => ({
      path: house.callback(await house.interaction('command')),
      hints: {
        ...shows('/data'),
        ...flags('/data/flags', 0, 4, 64),
        '/type': () => 4,
      },
    }),
  },
  {
    route: CALLBACK,
    name: 'an update',
    schema: 'UpdateMessageInteractionCallbackRequest',
    prepare: async (house) => ({
      path: house.callback(await house.interaction('click')),
      hints: { ...shows('/data'), ...flags('/data/flags', 0), '/type': () => 7 },
    }),
  },
  {
    route: CALLBACK,
    name: 'a modal',
    schema: 'ModalInteractionCallbackRequest',
    prepare: async (house) => ({ path: house.callback(await house.interaction('command')) }),
  },
  {
    route: CALLBACK,
    name: 'choices',
    schema: 'ApplicationCommandAutocompleteCallbackRequest',
    prepare: async (house) => ({
      path: house.callback(await house.interaction('autocomplete')),
      hints: { '/data/choices': () => PRESENT },
    }),
  },
  {
    route: 'POST /channels/:channel/messages',
    prepare: async (house) => {
      const replied = (await house.message()).split('/').at(-1);
      return {
        path: `/channels/${house.tavern}/messages`,
        hints: {
          ...shows(),
          ...flags('/flags', 0, 4, 4096),
          '/message_reference': () => ({ message_id: replied }),
        },
      };
    },
  },
  {
    route: 'POST /channels/:channel/messages',
    name: 'with components V2',
    prepare: async ({ tavern }) => ({
      path: `/channels/${tavern}/messages`,
      hints: {
        ...flags('/flags', LAYOUT),
        '/components': () => PRESENT,
        ...nothing('/content', '/embeds', '/poll', '/sticker_ids', '/message_reference'),
      },
    }),
  },
  {
    route: 'PATCH /channels/:channel/messages/:message',
    prepare: async (house) => ({
      path: await house.message(),
      hints: { ...shows(), ...flags('/flags', 0, 4) },
    }),
  },
  {
    route: 'POST /channels/:channel/messages/bulk-delete',
    prepare: async (house) => {
      const sent = [await house.message(), await house.message()];
      const ids = sent.map((path) => path.split('/').at(-1));
      return {
        path: `/channels/${house.tavern}/messages/bulk-delete`,
        hints: { '/messages': () => ids },
      };
    },
  },
  {
    route: 'POST /channels/:channel/messages/:message/threads',
    prepare: async (house) => ({ path: `${await house.message()}/threads` }),
  },
  {
    route: 'POST /channels/:channel/threads',
    name: 'in a text channel',
    schema: 'CreateTextThreadWithoutMessageRequest',
    prepare: async ({ tavern }) => ({
      path: `/channels/${tavern}/threads`,
      hints: { '/type': (random) => random.pick([11, 12]) },
    }),
  },
  {
    route: 'POST /channels/:channel/threads',
    name: 'in a forum',
    schema: 'CreateForumThreadRequest',
    prepare: async ({ forum }) => ({
      path: `/channels/${forum}/threads`,
      hints: { ...shows('/message'), ...flags('/message/flags', 0, 4) },
    }),
  },
  {
    route: 'POST /webhooks/:webhook/:token',
    schema: 'IncomingWebhookRequestPartial',
    prepare: async (house) => {
      const { id, token } = await house.webhook();
      return {
        path: `/webhooks/${id}/${token}?wait=true`,
        hints: { ...shows(), ...flags('/flags', 0, 4), ...nothing('/thread_name') },
      };
    },
  },
  {
    route: 'POST /webhooks/:webhook/:token',
    name: 'a follow-up',
    schema: 'IncomingWebhookInteractionRequest',
    prepare: async (house) => ({
      path: await house.answered(),
      hints: { ...shows(), ...flags('/flags', 0, 4) },
    }),
  },
  {
    route: 'PATCH /webhooks/:webhook/:token/messages/:message',
    prepare: async (house) => {
      const { id, token } = await house.webhook();
      const sent = await house.must('POST', `/webhooks/${id}/${token}?wait=true`, { content: 'a' });
      return {
        path: `/webhooks/${id}/${token}/messages/${sent.id}`,
        hints: { ...shows(), ...flags('/flags', 0, 4) },
      };
    },
  },
  {
    route: 'PATCH /webhooks/:webhook/:token/messages/:message',
    name: 'the first answer',
    prepare: async (house) => ({
      path: `${await house.answered()}/messages/@original`,
      hints: { ...shows(), ...flags('/flags', 0, 4) },
    }),
  },
  {
    route: 'POST /channels/:channel/webhooks',
    prepare: async ({ tavern }) => ({ path: `/channels/${tavern}/webhooks` }),
  },
  {
    route: 'PATCH /webhooks/:webhook',
    prepare: async (house) => ({
      path: `/webhooks/${(await house.webhook()).id}`,
      hints: { '/channel_id': () => house.tavern },
    }),
  },
  {
    route: 'PATCH /webhooks/:webhook/:token',
    prepare: async (house) => {
      const { id, token } = await house.webhook();
      return { path: `/webhooks/${id}/${token}` };
    },
  },
];
