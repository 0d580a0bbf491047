import { z } from 'zod';
import { choice, flagBits, snowflake, text, unique } from './fields.ts';

const slowmode = z.number().int().min(0).max(21_600).nullish();
const archiveMinutes = choice(60, 1_440, 4_320, 10_080).nullish();

const emoji = { emoji_id: snowflake.nullish(), emoji_name: text(100).nullish() };
const tag = z.looseObject({
  ...emoji,
  id: snowflake.nullish(),
  name: text(50),
  moderated: z.boolean().nullish(),
});
const overwrite = z.looseObject({
  id: snowflake,
  type: choice(0, 1).nullish(),
  allow: flagBits.nullish(),
  deny: flagBits.nullish(),
});

/** What a channel may be given. Much of it is checked and not kept: the sandbox has no voice. */
const settings = {
  topic: text(1_024).nullish(),
  nsfw: z.boolean().nullish(),
  rate_limit_per_user: slowmode,
  position: z.number().int().min(0).max(0x7fffffff).nullish(),
  parent_id: snowflake.nullish(),
  permission_overwrites: z.array(overwrite).max(100).nullish(),
  bitrate: z.number().int().min(8_000).max(0x7fffffff).nullish(),
  user_limit: z.number().int().min(0).max(0x7fffffff).nullish(),
  rtc_region: z.string().nullish(),
  video_quality_mode: choice(1, 2).nullish(),
  default_auto_archive_duration: archiveMinutes,
  default_thread_rate_limit_per_user: slowmode,
  default_reaction_emoji: z.looseObject(emoji).nullish(),
  default_sort_order: choice(0, 1).nullish(),
  default_forum_layout: choice(0, 1, 2).nullish(),
  default_tag_setting: z.enum(['match_all', 'match_some']).nullish(),
  available_tags: z.array(tag).max(20).nullish(),
};

/** Text channels and forums are all that the sandbox makes. */
const TEXT = 0;
const FORUM = 15;

export const newChannel = z.looseObject({
  ...settings,
  name: text(100, 1),
  type: choice(TEXT, FORUM)
    .nullish()
    .transform((type) => type ?? TEXT),
});

export const channelEdit = z.looseObject({
  ...settings,
  name: text(100, 1).optional(),
  type: choice(TEXT, FORUM).nullish(),
  flags: z.number().int().nullish(),
});

const appliedTags = unique(z.array(snowflake).max(5)).nullish();

export const threadEdit = z.looseObject({
  name: text(100, 1).nullish(),
  archived: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  invitable: z.boolean().nullish(),
  auto_archive_duration: archiveMinutes,
  rate_limit_per_user: slowmode,
  applied_tags: appliedTags,
  flags: z.number().int().nullish(),
  bitrate: settings.bitrate,
  user_limit: z.number().int().min(0).max(99).nullish(),
  rtc_region: settings.rtc_region,
  video_quality_mode: settings.video_quality_mode,
});

const PRIVATE_THREAD = 12;
/** Null means the same as nothing where something is made. */
const orNothing = <T>(value: T | null | undefined) => value ?? undefined;

export const newThread = z.looseObject({
  name: text(100, 1),
  auto_archive_duration: archiveMinutes.transform(orNothing),
  rate_limit_per_user: slowmode,
  type: choice(10, 11, PRIVATE_THREAD)
    .nullish()
    .transform((type) => type ?? PRIVATE_THREAD),
  invitable: z.boolean().nullish().transform(orNothing),
  message: z.unknown().optional(),
  applied_tags: appliedTags.transform(orNothing),
});
