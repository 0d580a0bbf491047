import { type APIMessage, ComponentType as Type } from 'discord-api-types/v10';
import { type AnyComponent, walk } from '../validation/components.ts';

const SELECTS: readonly number[] = [
  Type.StringSelect,
  Type.UserSelect,
  Type.RoleSelect,
  Type.MentionableSelect,
  Type.ChannelSelect,
];

/** Components as a message shows them: each with an id, and with what was left out at its default. */
export function shownComponents(
  given: readonly unknown[] | null | undefined,
): APIMessage['components'] {
  const components = structuredClone(given ?? []);
  const all = [...walk(components)].map(({ component }) => component);
  const taken = new Set(all.map(({ id }) => id));
  let next = 1;
  for (const component of all) {
    if (!component.id) {
      while (taken.has(next)) next += 1;
      component.id = next;
      taken.add(next);
    }
    Object.assign(component, { ...defaultsOf(component), ...component });
  }
  return components as APIMessage['components'];
}

function defaultsOf({ type }: AnyComponent): object {
  if (SELECTS.includes(type)) return { min_values: 1, max_values: 1 };
  if (type === Type.Separator) return { divider: true, spacing: 1 };
  if (type === Type.Container) return { accent_color: null, spoiler: false };
  return {};
}
