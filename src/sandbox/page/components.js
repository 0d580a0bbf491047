/**
 * Buttons, selects and the layout components of a message.
 *
 * @import { APIButtonComponent, APIMessage, APIMessageComponentEmoji } from 'discord-api-types/v10'
 */
import { fragment, h } from './dom.js';
import { icon } from './icons.js';
import { interact } from './interact.js';
import { layout } from './layout.js';
import { select } from './select.js';

const styles = ['', 'primary', 'secondary', 'success', 'danger', 'link', 'secondary'];

/** @returns {DocumentFragment} */
export function componentRows(/** @type {APIMessage} */ message) {
  return fragment((message.components ?? []).map((component) => draw(component, message)));
}

/**
 * @param {NonNullable<APIMessage['components']>[number] | APIButtonComponent | { type: number }} component
 * @param {APIMessage} message
 * @returns {HTMLElement | null}
 */
function draw(component, message) {
  if (component.type === 1 && 'components' in component)
    return h('div', { class: 'row' }, ...component.components.map((child) => draw(child, message)));
  if (component.type === 2) return button(/** @type {APIButtonComponent} */ (component), message);
  if ([3, 5, 6, 7, 8].includes(component.type))
    return select(/** @type {import('./select.js').AnySelect} */ (component), message);
  return layout(/** @type {Parameters<typeof layout>[0]} */ (component), (child) =>
    draw(child, message),
  );
}

/**
 * @param {APIButtonComponent} component
 * @param {APIMessage} message
 */
function button(component, message) {
  const label = 'label' in component ? component.label : undefined;
  const emoji = 'emoji' in component ? component.emoji : undefined;
  const inside = [emojiOf(emoji), label && h('span', {}, label)];
  const name = `button button-${styles[component.style] ?? 'secondary'}`;
  if ('url' in component && component.url && /^https?:|^discord:/.test(component.url))
    return h(
      'a',
      { class: name, href: component.url, target: '_blank', rel: 'noopener noreferrer' },
      ...inside,
      icon('link'),
    );
  const element = h(
    'button',
    {
      type: 'button',
      class: name,
      disabled: component.disabled ?? false,
      'aria-label': label ? null : (emoji?.name ?? 'Button'),
    },
    ...inside,
  );
  element.addEventListener('click', async () => {
    if (!('custom_id' in component) || element.getAttribute('aria-busy') === 'true') return;
    element.setAttribute('aria-busy', 'true');
    await interact(
      {
        kind: 'click',
        channel: message.channel_id,
        message: message.id,
        customId: component.custom_id,
      },
      { channel: message.channel_id, title: label ?? 'Button', message },
    );
    element.removeAttribute('aria-busy');
  });
  return element;
}

/** @param {APIMessageComponentEmoji | undefined} emoji */
export function emojiOf(emoji) {
  if (!emoji?.name) return null;
  const text = emoji.id ? `:${emoji.name}:` : emoji.name;
  return h('span', { class: 'emoji', 'aria-hidden': 'true' }, text);
}
