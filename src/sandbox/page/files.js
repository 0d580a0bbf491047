/** Files waiting to be sent with the next message. */
import { sizeText } from './attachments.js';
import { byId, h } from './dom.js';
import { icon } from './icons.js';

/** Discord's own limits without a subscription. */
const mostFiles = 10;
const mostBytes = 10 * 1024 ** 2;

/** @type {{ name: string, type: string, size: number, base64: string }[]} */
let waiting = [];

export function setUpFiles() {
  const chooser = /** @type {HTMLInputElement} */ (byId('composer-file'));
  byId('composer-attach').addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => {
    if (chooser.files) void addFiles(chooser.files);
    chooser.value = '';
  });
}

export async function addFiles(/** @type {FileList} */ files) {
  const hint = byId('composer-hint');
  for (const file of files) {
    if (waiting.length >= mostFiles) hint.textContent = `At most ${mostFiles} files at once.`;
    else if (file.size > mostBytes) hint.textContent = `${file.name} is larger than 10 MB.`;
    else
      waiting.push({
        name: file.name,
        type: file.type || 'application/octet-stream',
        size: file.size,
        base64: await base64Of(file),
      });
  }
  draw();
}

/**
 * Files as an act carries them; throws with what is wrong, in words.
 * @param {Iterable<File>} files
 * @returns {Promise<{ name: string, type: string, base64: string }[]>}
 */
export async function readFiles(files) {
  const list = [...files];
  const large = list.find(({ size }) => size > mostBytes);
  if (large) throw new Error(`${large.name} is larger than 10 MB.`);
  return Promise.all(
    list.map(async (file) => ({
      name: file.name,
      type: file.type || 'application/octet-stream',
      base64: await base64Of(file),
    })),
  );
}

/** @returns {Promise<string>} */
function base64Of(/** @type {File} */ file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).split(',')[1] ?? ''));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

export function takeFiles() {
  return waiting.map(({ name, type, base64 }) => ({ name, type, base64 }));
}

export function dropFiles() {
  waiting = [];
  draw();
}

function draw() {
  const list = byId('composer-files');
  list.hidden = waiting.length === 0;
  list.replaceChildren(
    ...waiting.map((file) =>
      h(
        'div',
        { class: 'waiting-file' },
        icon('file'),
        h('span', { class: 'file-name' }, file.name),
        h('span', { class: 'file-size' }, sizeText(file.size)),
        h(
          'button',
          {
            type: 'button',
            class: 'icon-button',
            'aria-label': `Leave out ${file.name}`,
            onclick: () => {
              waiting = waiting.filter((other) => other !== file);
              draw();
            },
          },
          icon('close'),
        ),
      ),
    ),
  );
}
