/**
 * Files and pictures of a message.
 *
 * @import { APIAttachment, APIMessage } from 'discord-api-types/v10'
 */
import { fragment, h } from './dom.js';
import { icon } from './icons.js';

/**
 * What an embed shows is not shown again below it, as in Discord's own client.
 *
 * @returns {DocumentFragment}
 */
export function attachments(/** @type {APIMessage} */ message) {
  const shown = (message.embeds ?? []).flatMap(({ image, thumbnail, author, footer }) => [
    image?.url,
    thumbnail?.url,
    author?.icon_url,
    footer?.icon_url,
  ]);
  return fragment(
    (message.attachments ?? []).filter(({ url }) => !shown.includes(url)).map(attachment),
  );
}

function attachment(/** @type {APIAttachment} */ file) {
  const link = { href: file.url, target: '_blank', rel: 'noopener noreferrer' };
  if (isImage(file)) {
    const image = h('img', {
      src: file.url,
      alt: file.description || file.filename,
      // Known sizes keep the conversation from jumping when the picture has loaded.
      width: file.width,
      height: file.height,
    });
    return h('a', { ...link, class: 'picture' }, image);
  }
  return h(
    'a',
    { ...link, class: 'file', download: file.filename },
    icon('file'),
    h('span', { class: 'file-name' }, file.filename),
    h('span', { class: 'file-size' }, sizeText(file.size)),
  );
}

function isImage(/** @type {APIAttachment} */ file) {
  return (
    file.content_type?.startsWith('image/') || /\.(?:png|jpe?g|gif|webp|avif)$/i.test(file.filename)
  );
}

/** @param {number} bytes */
export function sizeText(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2
    ? `${Math.round(bytes / 1024)} KB`
    : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
