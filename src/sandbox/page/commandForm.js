/**
 * A slash command being filled in: its options as chips with a field each, and a last field through
 * which optional ones are added.
 *
 * @import { GivenOption } from '../protocol.ts'
 * @import { CommandOption, SlashCommand } from './slashCommands.js'
 * @import { Listbox, Proposal } from './listbox.js'
 *
 * @typedef {object} OptionField
 * @property {CommandOption} option
 * @property {HTMLInputElement} input
 * @property {HTMLElement} chip
 * @property {{ label: string, value: GivenOption['value'], file?: GivenOption['file'] } | null} picked
 */
import { byId, h } from './dom.js';
import { readFiles } from './files.js';
import { proposalsFor } from './proposals.js';
import { optionType, readOption } from './slashCommands.js';

/**
 * @param {SlashCommand} command
 * @param {Listbox} listbox
 * @param {{ send: (options: GivenOption[]) => void, leave: (text: string) => void }} handlers
 */
export function commandForm(command, listbox, handlers) {
  /** @type {OptionField[]} */
  const fields = [];
  const hint = byId('composer-hint');
  const tail = h('input', {
    class: 'command-tail',
    role: 'combobox',
    autocomplete: 'off',
    'aria-expanded': 'false',
    'aria-autocomplete': 'list',
    'aria-label': 'Add an option, or press Enter to send',
  });
  const root = h(
    'div',
    { class: 'command-form', role: 'group', 'aria-label': `Command /${command.name}` },
    h('span', { class: 'command-name' }, `/${command.name}`),
    tail,
  );

  const unused = () =>
    command.options.filter((option) => !fields.some((field) => field.option === option));

  const drawTail = () => {
    const left = unused().length;
    tail.placeholder = left === 0 ? '' : left === 1 ? '+1 optional' : `+${left} optional`;
    tail.classList.toggle('is-done', left === 0);
  };

  /** @returns {GivenOption[]} what can be read so far */
  const given = () =>
    fields.flatMap((field) => {
      const read = readField(field);
      if (!read || !('value' in read)) return [];
      const file = field.picked?.file;
      return [{ name: field.option.name, value: read.value, ...(file ? { file } : {}) }];
    });

  const add = (/** @type {CommandOption} */ option) => {
    const field = createField(option);
    fields.push(field);
    root.insertBefore(field.chip, tail);
    wire(field);
    drawTail();
    return field;
  };

  const remove = (/** @type {OptionField} */ field) => {
    fields.splice(fields.indexOf(field), 1);
    field.chip.remove();
    drawTail();
  };

  const next = (/** @type {OptionField} */ field) => {
    listbox.hide();
    const empty = fields.find((other) => other.option.required && !other.input.value);
    (empty ?? fields[fields.indexOf(field) + 1])?.input.focus();
    if (!empty && fields.at(-1) === field) tail.focus();
  };

  const propose = (/** @type {OptionField} */ field) => {
    const { option, input } = field;
    hint.textContent = `${option.name}: ${option.description}`;
    // The browser's own chooser proposes files.
    if (option.type === optionType.attachment) return;
    proposalsFor({ command, field, given }, (proposals, empty) => {
      if (document.activeElement !== input) return;
      listbox.show(input, proposals, {
        title: option.description,
        first: true,
        empty,
        onPick: (proposal) => {
          pickInto(field, proposal);
          next(field);
        },
      });
    });
  };

  const submit = () => {
    const wrong = fields.find((field) => {
      const read = readField(field);
      return read ? 'problem' in read : field.option.required;
    });
    for (const field of fields) field.chip.classList.toggle('is-wrong', field === wrong);
    for (const field of fields) field.input.setAttribute('aria-invalid', String(field === wrong));
    if (!wrong) return handlers.send(given());
    const read = readField(wrong);
    wrong.input.focus();
    listbox.hide();
    hint.textContent =
      read && 'problem' in read
        ? `${wrong.option.name}: ${read.problem}`
        : `${wrong.option.name} is needed: ${wrong.option.description}`;
  };

  /** Back from an empty field: an optional one goes away, the first required one ends the command. */
  const goBack = (/** @type {OptionField | null} */ field) => {
    const index = field ? fields.indexOf(field) : fields.length;
    const before = fields[index - 1];
    if (field && !field.option.required) remove(field);
    if (before) before.input.focus();
    else if (field && !field.option.required) tail.focus();
    else handlers.leave(`/${command.name}`);
  };

  const onKey = (/** @type {KeyboardEvent} */ event, /** @type {OptionField | null} */ field) => {
    if (event.isComposing) return;
    const input = field?.input ?? tail;
    if (event.key === 'ArrowDown' && listbox.move(1)) return event.preventDefault();
    if (event.key === 'ArrowUp' && listbox.move(-1)) return event.preventDefault();
    if (event.key === 'Tab' && !event.shiftKey && listbox.pick()) return event.preventDefault();
    if (event.key === 'Enter') {
      // An empty field for a file opens the browser's own chooser.
      if (input.type === 'file' && input.value === '') return;
      event.preventDefault();
      if (!listbox.pick()) submit();
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (listbox.isOpen()) listbox.hide();
      else handlers.leave('');
    }
    if (event.key === 'Backspace' && input.value === '') {
      event.preventDefault();
      goBack(field);
    }
  };

  const wire = (/** @type {OptionField} */ field) => {
    field.input.addEventListener('input', () => {
      field.picked = null;
      if (field.option.type === optionType.attachment) void pickFile(field, hint);
      field.chip.classList.remove('is-wrong');
      propose(field);
    });
    field.input.addEventListener('focus', () => propose(field));
    field.input.addEventListener('blur', () => listbox.hide());
    field.input.addEventListener('keydown', (event) => onKey(event, field));
  };

  const proposeOptions = () => {
    hint.textContent = command.description;
    const typed = tail.value.trim().toLowerCase();
    const proposals = unused()
      .filter((option) => option.name.includes(typed))
      .map((option) => ({ key: option.name, label: option.name, detail: option.description }));
    listbox.show(tail, proposals, {
      title: 'Optional',
      first: typed !== '',
      onPick: ({ key }) => {
        const option = unused().find(({ name }) => name === key);
        tail.value = '';
        if (option) add(option).input.focus();
      },
    });
  };
  tail.addEventListener('input', proposeOptions);
  tail.addEventListener('focus', proposeOptions);
  tail.addEventListener('blur', () => listbox.hide());
  tail.addEventListener('keydown', (event) => onKey(event, null));

  for (const option of command.options) if (option.required) add(option);
  drawTail();
  return {
    root,
    submit,
    focus: () => (fields[0]?.input ?? tail).focus(),
    /** A file from elsewhere, such as one that was dropped; false where no option takes one. */
    takeFile: (/** @type {FileList} */ [file]) => {
      const isFile = (/** @type {CommandOption} */ { type }) => type === optionType.attachment;
      const option = unused().find(isFile);
      const field = fields.find((each) => isFile(each.option)) ?? (option ? add(option) : null);
      if (!field || !file) return false;
      const one = new DataTransfer();
      one.items.add(file);
      field.input.files = one.files;
      field.input.dispatchEvent(new Event('input'));
      field.input.focus();
      return true;
    },
    /** Text that was typed behind the command's name belongs to its first option. */
    fill: (/** @type {string} */ text) => {
      const field =
        fields[0] ?? (unused()[0] && text ? add(/** @type {CommandOption} */ (unused()[0])) : null);
      if (field && field.input.type !== 'file') field.input.value = text;
    },
  };
}

/** @returns {OptionField} */
function createField(/** @type {CommandOption} */ option) {
  const isFile = option.type === optionType.attachment;
  const input = h('input', {
    class: 'option-input',
    type: isFile ? 'file' : 'text',
    role: isFile ? null : 'combobox',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    inputmode: option.type === 4 ? 'numeric' : option.type === 10 ? 'decimal' : null,
    maxlength: option.max_length,
    'aria-expanded': isFile ? null : 'false',
    'aria-autocomplete': isFile ? null : 'list',
    'aria-required': isFile ? null : String(option.required === true),
  });
  const chip = h(
    'label',
    { class: option.required ? 'option-chip is-required' : 'option-chip' },
    h(
      'span',
      { class: 'option-name' },
      option.name,
      option.required && h('span', { class: 'required', title: 'Required' }, '*'),
    ),
    input,
  );
  return { option, input, chip, picked: null };
}

/**
 * Reads the file that was chosen; until then the option counts as unfinished.
 * @param {OptionField} field
 * @param {HTMLElement} hint
 */
async function pickFile(field, hint) {
  const chosen = field.input.files?.[0];
  if (!chosen) return;
  const label = field.input.value;
  try {
    const [file] = await readFiles([chosen]);
    if (file && field.input.value === label) field.picked = { label, value: file.name, file };
  } catch (error) {
    field.input.value = '';
    hint.textContent = error instanceof Error ? error.message : 'The file could not be read.';
  }
}

/**
 * @param {OptionField} field
 * @param {Proposal} proposal
 */
function pickInto(field, proposal) {
  const { value } = /** @type {Proposal & { value: GivenOption['value'] }} */ (proposal);
  field.picked = { label: proposal.label, value };
  field.input.value = proposal.label;
  field.chip.classList.remove('is-wrong');
}

/** What the field holds; null when it is empty. */
function readField(/** @type {OptionField} */ field) {
  if (field.input.value === '') return null;
  if (field.picked?.label === field.input.value) return { value: field.picked.value };
  return readOption(field.option, field.input.value);
}
