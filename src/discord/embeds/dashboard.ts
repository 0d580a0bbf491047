import {
  type APIEmbed,
  type APIEmbedField,
  ComponentType,
  SelectMenuDefaultValueType,
} from 'discord.js';
import type { Dashboard } from '../../app/settings.ts';
import { type Right, rightHolders, rights } from '../../engine/rights.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId } from '../component.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

export const PICK_RIGHT = 'pick-right';
export const GRANT = 'grant';
export const DASHBOARD = 'dashboard';
export const SET_ADULTS = 'set-adults';
export const SET_LANGUAGE = 'set-language';
export const SET_LIMITS = 'set-limits';
export const adultRules = ['age-restricted', 'nowhere'] as const;
export const languages = ['discord', 'en', 'ru'] as const;

/** Roles that a select takes at most, and that a right is given to. */
const MOST_ROLES = 25;

/** How a server is set, and the ways to change it. */
export function dashboard(now: Dashboard, { settings: words }: Texts) {
  const embed: APIEmbed = {
    color: ACCENT,
    title: words.title,
    fields: [
      { name: words.rights, value: rights.map((right) => line(right, now, words)).join('\n') },
      field(words.limits, [
        `${words.limitOf.person}: ${words.limit(now.personTurns, now.personTokens)}`,
        `${words.limitOf.home}: ${words.limit(now.homeTurns, now.homeTokens)}`,
      ]),
      field(words.adults, [words.adultsIn[now.adults]]),
      field(words.language, [words.languages[now.language]]),
    ],
  };
  const right = select(
    PICK_RIGHT,
    rights.map((value) => ({ label: words.rightNames[value], value })),
    words.pick,
  );
  const adults = select(
    SET_ADULTS,
    adultRules.map((value) => ({
      label: `${words.adults}: ${words.adultsIn[value].toLowerCase()}`,
      value,
      default: value === now.adults,
    })),
  );
  const language = select(
    SET_LANGUAGE,
    languages.map((value) => ({
      label: words.languages[value],
      value,
      default: value === now.language,
    })),
  );
  const limits = buttonRow(button('Secondary', words.setLimits, customId(SET_LIMITS)));
  return { embeds: [embed], components: [right, adults, language, limits] };
}

/** Which roles hold a right, to be picked. */
export function grantCard(right: Right, now: Dashboard, { settings: words }: Texts) {
  const embed: APIEmbed = {
    color: ACCENT,
    title: words.grant.title(words.rightNames[right]),
    description: words.grant.text(words.usually[rightHolders(right)]),
  };
  const roles = {
    type: ComponentType.ActionRow as const,
    components: [
      {
        type: ComponentType.RoleSelect as const,
        custom_id: customId(GRANT, right),
        placeholder: words.grant.pick,
        min_values: 0,
        max_values: MOST_ROLES,
        default_values: now.roles[right].slice(0, MOST_ROLES).map((id) => {
          return { id, type: SelectMenuDefaultValueType.Role as const };
        }),
      },
    ],
  };
  const back = buttonRow(button('Secondary', words.grant.back, customId(DASHBOARD)));
  return { embeds: [embed], components: [roles, back] };
}

const field = (name: string, lines: readonly string[]): APIEmbedField => ({
  name,
  value: lines.join('\n'),
});

/** Roles that are named in a line of the dashboard; a field holds 1,024 characters for all nine. */
const NAMED = 3;

function line(right: Right, { roles }: Dashboard, words: Texts['settings']): string {
  const named = roles[right].slice(0, NAMED).map((id) => `<@&${id}>`);
  const more = roles[right].length - named.length;
  const holders = [...named, ...(more > 0 ? [`+${more}`] : [])].join(' ');
  return `${words.rightNames[right]}: ${holders || words.usually[rightHolders(right)]}`;
}

function select(
  name: string,
  options: readonly { label: string; value: string; default?: boolean }[],
  placeholder?: string,
) {
  return {
    type: ComponentType.ActionRow as const,
    components: [
      {
        type: ComponentType.StringSelect as const,
        custom_id: customId(name),
        options: [...options],
        ...(placeholder === undefined ? {} : { placeholder }),
      },
    ],
  };
}
