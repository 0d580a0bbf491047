/**
 * Modals that an application opens: a dialog with fields.
 *
 * @import { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10'
 * @import { Field, ModalInput } from './modalFields.js'
 */
import { attempt } from './attempt.js';
import { openDialog } from './dialog.js';
import { h } from './dom.js';
import { markdown } from './markdownNodes.js';
import { modalField } from './modalFields.js';

/**
 * @typedef {ModalInput & { description?: string | null, content?: string, component?: ModalPart,
 *   components?: ModalPart[] }} ModalPart a row, a label, a text, or a field, as Discord nests them
 */

/**
 * @param {string} id
 * @param {APIModalInteractionResponseCallbackData} data
 */
export function openModal(id, data) {
  /** @type {Field[]} */
  const fields = [];
  const parts = /** @type {ModalPart[]} */ (/** @type {unknown} */ (data.components));
  const body = parts.map((part) => draw(part, fields));
  openDialog({
    title: data.title,
    body,
    confirm: 'Submit',
    onConfirm: async () => {
      const wrong = fields.filter((field) => !field.check());
      if (wrong[0]) {
        wrong[0].focus();
        return somethingWrong(wrong.length);
      }
      const values = Object.fromEntries(
        fields.filter(({ files }) => !files).map((field) => [field.id, field.value()]),
      );
      try {
        return attempt({ kind: 'submit', modal: id, values, files: await filesOf(fields) });
      } catch (error) {
        return error instanceof Error ? error.message : 'The file could not be read.';
      }
    },
  });
}

async function filesOf(/** @type {Field[]} */ fields) {
  /** @type {Record<string, import('../protocol.ts').GivenFile[]>} */
  const files = {};
  for (const field of fields) if (field.files) files[field.id] = await field.files();
  return files;
}

function somethingWrong(/** @type {number} */ count) {
  return count === 1 ? 'One field needs another look.' : `${count} fields need another look.`;
}

/**
 * @param {ModalPart} part
 * @param {Field[]} fields
 * @returns {HTMLElement | null}
 */
function draw(part, fields) {
  if (part.type === 1)
    return h('div', {}, ...(part.components ?? []).map((one) => draw(one, fields)));
  if (part.type === 10) return h('div', { class: 'dialog-text' }, markdown(part.content ?? ''));
  const inside = part.type === 18 ? part.component : part;
  if (!inside?.custom_id) return null;
  const field = modalField(inside, part.label ?? '', part.description ?? '');
  fields.push(field);
  return field.element;
}
