import type { BaseInteraction } from 'discord.js';
import { type EntityId, type HomeId, isDirect } from '../engine/ids.ts';
import type { Bot } from './bot.ts';
import { characterCard } from './embeds/characterCard.ts';
import { homeOf } from './homeOf.ts';
import { standingOf } from './standing.ts';
import { textsFor } from './texts.ts';
import { nameOf } from './viewerOf.ts';

/** A character's card, with what whoever asks can do where they ask. @throws {Refusal} `unknown-character`. */
export function showCharacter(interaction: BaseInteraction, { troupe }: Bot, id: EntityId) {
  const { casting, rights, world } = troupe;
  const home: HomeId = homeOf(interaction);
  const by = standingOf(interaction);
  const character = casting.character(home, id);
  const here = troupe.storyIn(interaction.channelId ?? '');
  const older =
    here !== null && world.playsOlder(here.chat, id) && rights.may('edit-state', by, here.chat);
  const view = {
    id,
    character,
    picture: casting.picture(character.sheet.avatar),
    own: casting.mayRewrite(home, id, by),
    older: older ? here.chat : null,
    shares: isDirect(home) ? null : casting.sharesMemories(home, id),
    viewer: nameOf(interaction),
  };
  const { locale } = interaction as { readonly locale?: string };
  return { home, message: characterCard(view, textsFor(locale ?? null)) };
}
