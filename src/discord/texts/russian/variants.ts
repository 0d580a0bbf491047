import type * as english from '../variants.ts';
import type { Worded } from '../worded.ts';

export const variantTexts: Worded<typeof english.variantTexts> = {
  regenerate: {
    button: 'Заново',
    done: 'Рассказано заново.',
    reworded: 'Ваши слова изменены, и история идёт дальше от них.',
    title: 'Изменить свои слова',
    label: 'Что вы говорите и делаете вместо этого',
  },
  earlier: '◀',
  later: '▶',
  count: (at, of) => `${at + 1}/${of}`,
  choose: 'Выбрать этот',
  chosen: 'История идёт дальше отсюда.',
  current: 'Этот ответ и стоит в истории.',
  only: 'Других ответов нет. Попросите рассказать заново, и появится ещё один.',
  divider: (link) =>
    `-# Всё от ${link} до этой черты больше не входит в историю. Она продолжается ниже.`,
};
