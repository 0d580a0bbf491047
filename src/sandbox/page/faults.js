/**
 * Things that go wrong on purpose: a dialog to switch them on, and a quiet line while any is on.
 *
 * @import { Fault, GatewayBreak } from '../protocol.ts'
 */

import { attempt } from './attempt.js';
import { openDialog } from './dialog.js';
import { byId, h } from './dom.js';
import { faultSentence } from './faultWords.js';
import { on, state } from './state.js';
import { sayIfWrong } from './threads.js';

/** @type {{ key: string, label: string, fault: Fault }[]} */
const kinds = [
  { key: 'late', label: 'Answers come 2 s late', fault: { kind: 'latency', ms: 2000 } },
  { key: 'later', label: 'Answers come 10 s late', fault: { kind: 'latency', ms: 10_000 } },
  {
    key: '429',
    label: 'Requests are refused as too many (429)',
    fault: { kind: 'status', status: 429, retryAfter: 2000 },
  },
  { key: '500', label: 'Requests fail with 500', fault: { kind: 'status', status: 500 } },
  { key: '503', label: 'Requests fail with 503', fault: { kind: 'status', status: 503 } },
  {
    key: 'before',
    label: 'Connections drop before anything is done',
    fault: { kind: 'drop', when: 'before' },
  },
  {
    key: 'after',
    label: 'It is done, but the answer is lost',
    fault: { kind: 'drop', when: 'after' },
  },
];

/** @type {{ label: string, times: number | null }[]} */
const spans = [
  { label: 'The next request', times: 1 },
  { label: 'The next 3 requests', times: 3 },
  { label: 'The next 10 requests', times: 10 },
  { label: 'All, until switched off', times: null },
];

/** @type {{ how: GatewayBreak, label: string, said: string }[]} */
const breaks = [
  { how: 'resumable', label: 'Drop it', said: 'The connection was dropped; it can be resumed.' },
  {
    how: 'final',
    label: 'Drop it and its session',
    said: 'The connection was dropped with its session.',
  },
  { how: 'reconnect', label: 'Ask to reconnect', said: 'The application was asked to reconnect.' },
  {
    how: 'invalidResumable',
    label: 'Session invalid, resumable',
    said: 'The session was called invalid, but resumable.',
  },
  { how: 'invalid', label: 'Session invalid', said: 'The session was called invalid.' },
];

export function setUpFaults() {
  on('faults', drawLine);
}

function drawLine() {
  const line = byId('faults');
  const text = faultSentence(state.view?.faults ?? []);
  line.hidden = text === '';
  const before = line.querySelector('span');
  if (text !== '' && before) before.textContent = text;
  else
    line.replaceChildren(
      h('span', {}, text),
      h(
        'button',
        {
          type: 'button',
          class: 'link-button',
          onclick: () => void attempt({ kind: 'clearFaults' }).then(sayIfWrong),
        },
        'Switch off',
      ),
    );
}

export function openFaults() {
  const what = h(
    'select',
    {},
    ...kinds.map(({ key, label }) => h('option', { value: key }, label)),
  );
  const span = h('select', {}, ...spans.map(({ label }, at) => h('option', { value: at }, label)));
  span.value = '1';
  const said = h('p', { class: 'dialog-note', role: 'status' });
  const cut = async (/** @type {typeof breaks[number]} */ one) => {
    const wrong = await attempt({ kind: 'breakGateway', how: one.how });
    said.textContent = wrong ? `${wrong}.` : one.said;
  };
  openDialog({
    title: 'Let something go wrong',
    confirm: 'Switch on',
    body: [
      h('p', { class: 'dialog-note' }, 'It happens to the application, not to you.'),
      h('label', { class: 'field' }, h('span', { class: 'field-label' }, 'What'), what),
      h('label', { class: 'field' }, h('span', { class: 'field-label' }, 'For how long'), span),
      h(
        'div',
        { class: 'field', role: 'group', 'aria-labelledby': 'fault-connection' },
        h(
          'span',
          { class: 'field-label', id: 'fault-connection' },
          'Its gateway connection, at once',
        ),
        h(
          'div',
          { class: 'button-list' },
          ...breaks.map((one) =>
            h(
              'button',
              { type: 'button', class: 'button button-secondary', onclick: () => void cut(one) },
              one.label,
            ),
          ),
        ),
        said,
      ),
    ],
    onConfirm: () => {
      const chosen = kinds.find(({ key }) => key === what.value);
      const times = spans[Number(span.value)]?.times ?? null;
      if (!chosen) return 'Choose what should go wrong.';
      return attempt({
        kind: 'armFault',
        fault: chosen.fault,
        ...(times === null ? {} : { times }),
      });
    },
  });
}
