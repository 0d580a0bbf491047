/**
 * The layout components of messages that carry text in components instead of content.
 */
import { h } from './dom.js';
import { markdown } from './markdownNodes.js';

/**
 * @typedef {object} LayoutComponent
 * @property {number} type
 * @property {string} [content]
 * @property {{ type: number }[]} [components]
 * @property {{ type: number }} [accessory]
 * @property {{ url: string }} [media]
 * @property {{ media: { url: string }, description?: string | null }[]} [items]
 * @property {string | null} [description]
 * @property {number | null} [accent_color]
 * @property {boolean} [divider]
 */

/**
 * @param {LayoutComponent} component
 * @param {(child: { type: number }) => HTMLElement | null} draw
 * @returns {HTMLElement | null} null for a kind that has no picture here
 */
export function layout(component, draw) {
  switch (component.type) {
    case 9:
      return h(
        'div',
        { class: 'section' },
        h('div', { class: 'section-text' }, ...(component.components ?? []).map(draw)),
        component.accessory && draw(component.accessory),
      );
    case 10:
      return h('div', { class: 'message-body' }, markdown(component.content ?? ''));
    case 11:
      return h('img', {
        class: 'embed-thumbnail',
        src: component.media?.url,
        alt: component.description ?? '',
      });
    case 12:
      return h(
        'div',
        { class: 'gallery' },
        ...(component.items ?? []).map((item) =>
          h('img', { src: item.media.url, alt: item.description ?? 'Picture' }),
        ),
      );
    case 14:
      return h('div', { class: component.divider === false ? 'space' : 'space space-line' });
    case 17: {
      const box = h('div', { class: 'embed container' }, ...(component.components ?? []).map(draw));
      if (typeof component.accent_color === 'number')
        box.style.setProperty('--bar', `#${component.accent_color.toString(16).padStart(6, '0')}`);
      return box;
    }
    default:
      return null;
  }
}
