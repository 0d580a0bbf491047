import { ComponentType, InteractionType, MessageFlags, Routes } from 'discord.js';
import { z } from 'zod';
import type { Bot } from './bot.ts';
import { optionsFit } from './optionsFit.ts';
import { refusalsFor } from './texts.ts';

/** Discord's limits: of a custom id or a choice, and of a text in a form. */
const ID = 100;
const FORM = 4_000;
const CHOICES = 25;

const id = z.string().regex(/^\d{1,20}$/);
const { TextInput, StringSelect, FileUpload } = ComponentType;
/** A field of a form with what was put into it. */
const given = z
  .looseObject({
    type: z.number().int(),
    custom_id: z.string().max(ID).optional(),
    value: z.union([z.string().max(FORM), z.boolean(), z.null()]).optional(),
    values: z.array(z.string().max(ID)).max(CHOICES).optional(),
  })
  .refine(({ type, value }) => type !== TextInput || typeof value === 'string')
  .refine(({ type, values }) => (type !== StringSelect && type !== FileUpload) || values);
const { ApplicationCommand, ApplicationCommandAutocomplete, MessageComponent, ModalSubmit } =
  InteractionType;

/** What an interaction is read by before anything else reads it; the rest is discord.js's to take apart. */
const envelope = z.looseObject({
  id,
  token: z.string().regex(/^[\w.=-]+$/),
  type: z.enum({
    ApplicationCommand,
    ApplicationCommandAutocomplete,
    MessageComponent,
    ModalSubmit,
  }),
  application_id: id,
  channel_id: id,
  channel: z.looseObject({ id, guild_id: id.optional() }),
  guild_id: id.optional(),
  guild: z.looseObject({ id }).optional(),
  message: z
    .looseObject({ channel_id: id, flags: z.number().int().optional(), components: z.unknown() })
    .optional(),
  member: z.looseObject({ roles: z.array(id), permissions: z.string().regex(/^\d+$/) }).optional(),
  locale: z.string().optional(),
  data: z.unknown(),
});
type Envelope = z.infer<typeof envelope>;

const pressed = z.looseObject({
  custom_id: z.string().max(ID),
  component_type: z.number().int(),
  values: z.array(z.string().max(ID)).max(CHOICES).optional(),
});
const filledIn = z.looseObject({
  custom_id: z.string().max(ID),
  components: z.array(
    z.looseObject({ component: given.optional(), components: z.array(given).optional() }),
  ),
});

interface Action {
  handle(data: unknown): void;
}

/**
 * Has every interaction looked at before discord.js takes it apart, which throws out of anybody's reach
 * at what is not as documented, and passes over what it does not know. What is refused here is answered,
 * as long as Discord would take an answer.
 */
export function gateInteractions({ client, commands, log }: Bot): void {
  const { actions } = client as unknown as { actions: { InteractionCreate: Action } };
  const action = actions.InteractionCreate;
  const read = action.handle.bind(action);
  action.handle = (data) => {
    let known = false;
    const note = () => {
      known = true;
    };
    client.once('interactionCreate', note);
    try {
      if (isSound(data, commands, client.application?.id)) read(data);
    } catch (err) {
      log.warn({ err }, 'an interaction could not be read');
    }
    client.off('interactionCreate', note);
    if (known) return;
    refuse(data).catch((err) => log.warn({ err }, 'an answer did not arrive'));
  };

  async function refuse(data: unknown): Promise<void> {
    const where = envelope.pick({ id: true, token: true, type: true }).safeParse(data);
    if (!where.success) return;
    const { id: interaction, token, type, locale } = where.data;
    const content = refusalsFor(typeof locale === 'string' ? locale : null)['out-of-date']({});
    const body =
      type === InteractionType.ApplicationCommandAutocomplete
        ? { type: 8, data: { choices: [] } }
        : { type: 4, data: { content, flags: MessageFlags.Ephemeral } };
    await client.rest.post(Routes.interactionCallback(interaction, token), { body, auth: false });
  }
}

function isSound(data: unknown, commands: Bot['commands'], application: string | undefined) {
  const read = envelope.safeParse(data);
  if (!read.success || read.data.application_id !== application) return false;
  return isInOnePlace(read.data) && isWhole(read.data, commands);
}

/** Each names the place anew, and all have to mean the same one. */
function isInOnePlace({ channel_id, channel, guild_id, guild, message, member }: Envelope) {
  return (
    channel.id === channel_id &&
    (channel.guild_id ?? guild_id) === guild_id &&
    (guild?.id ?? guild_id) === guild_id &&
    (message?.channel_id ?? channel_id) === channel_id &&
    (member === undefined) === (guild_id === undefined)
  );
}

function isWhole({ type, data, message }: Envelope, commands: Bot['commands']): boolean {
  if (type === InteractionType.MessageComponent) {
    const read = pressed.safeParse(data);
    // A button that is on the message no more, or never was, is nobody's to press.
    return read.success && hasCustomId(message?.components, read.data.custom_id);
  }
  if (type === InteractionType.ModalSubmit) return filledIn.safeParse(data).success;
  return optionsFit(data, commands, type === InteractionType.ApplicationCommandAutocomplete);
}

function hasCustomId(among: unknown, wanted: string): boolean {
  if (Array.isArray(among)) return among.some((each) => hasCustomId(each, wanted));
  if (typeof among !== 'object' || among === null) return false;
  const { custom_id, components, accessory } = among as Record<string, unknown>;
  return custom_id === wanted || hasCustomId(components, wanted) || hasCustomId(accessory, wanted);
}
