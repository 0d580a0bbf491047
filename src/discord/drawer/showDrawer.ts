import {
  type APIEmbed,
  AttachmentBuilder,
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Bot } from '../bot.ts';
import { dayAndHours } from '../embeds/sceneCard.ts';
import { contextOf, drawerMessage } from './drawerMessage.ts';
import type { DrawerContext, Shown } from './tab.ts';
import type { Where } from './where.ts';

type Asking = ChatInputCommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;

const PICTURE = 'relationship.png';
/** Discord's limit of an attachment's description. */
const ALT = 1_024;

/** What a person is told besides. */
export interface Told {
  readonly content: string;
  readonly embeds?: readonly APIEmbed[];
  /** Whether it is only that what they asked for is not there any more. */
  readonly gone: boolean;
}

/** Shows a part of the drawer in the answer of an interaction that was deferred. */
export async function showDrawer(
  interaction: Asking,
  bot: Bot,
  where: Where,
  told: Told | null = null,
): Promise<void> {
  const context = contextOf(interaction, bot, where);
  const { embeds, components, gone, picture } = drawerMessage(context);
  const { texts } = context;
  const isNewest = showing(interaction);
  await interaction.editReply({ embeds, components, files: [], attachments: [] });
  const isGone = gone && (told === null || told.gone);
  const content = isGone ? texts.drawerUi.gone : told?.content;
  if (content !== undefined) {
    const more = { embeds: told?.embeds ?? [], allowedMentions: { parse: [] } };
    await interaction.followUp({ content, flags: MessageFlags.Ephemeral, ...more });
  }
  const [card] = embeds;
  if (picture === undefined || card === undefined) return;
  // Drawing takes a moment, which nobody has to wait for.
  const file = await drawn(bot, context, picture);
  // Meanwhile they may have gone on to something else.
  if (!isNewest()) return;
  const image = { url: `attachment://${PICTURE}` };
  await interaction.editReply({ embeds: [{ ...card, image }], components, files: [file] });
}

/** What a drawer shows now, by its message: the interaction that was the last to ask for it. */
const newest = new Map<string, string>();
const REMEMBERED = 1_000;

/** Notes that a drawer shows something else now; gives whether it still does. */
function showing(interaction: Asking): () => boolean {
  const drawer = interaction.isCommand() ? null : (interaction.message?.id ?? null);
  if (drawer === null) return () => true;
  newest.delete(drawer);
  newest.set(drawer, interaction.id);
  const [oldest] = newest.keys();
  if (newest.size > REMEMBERED && oldest !== undefined) newest.delete(oldest);
  return () => newest.get(drawer) === interaction.id;
}

async function drawn(
  { drawRelationship }: Bot,
  { texts }: DrawerContext,
  { title, history: told }: NonNullable<Shown['picture']>,
): Promise<AttachmentBuilder> {
  const history = told();
  const { affinity, trust } = texts.drawer;
  const { time: words } = texts.drawerUi.picture;
  const time = (minutes: number) => words(...dayAndHours(minutes));
  const png = await drawRelationship(history, { title, affinity, trust, time });
  const strangers = { affinity: 50, trust: 50 };
  const [first = strangers, last = first] = [history.points[0], history.points.at(-1)];
  const scenes = history.scenes.slice(-6).map(({ name }) => name);
  const { alt } = texts.drawerUi.picture;
  const changes = Math.max(0, history.points.length - 1);
  const description = alt(title, first, last, changes, scenes.join(', ')).slice(0, ALT);
  return new AttachmentBuilder(Buffer.from(png), { name: PICTURE, description });
}
