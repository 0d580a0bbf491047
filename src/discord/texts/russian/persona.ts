import type * as english from '../persona.ts';
import type { Worded } from '../worded.ts';

export const personaTexts: Worded<typeof english.personaTexts> = {
  title: 'Как вас видят',
  here: 'Как вас видят в этой истории',
  form: {
    name: 'Имя',
    pronouns: 'Местоимения',
    description: 'Что о вас видят и знают другие',
  },
  none: (name) =>
    `Вас зовут **${name}**, и больше о вас ничего не сказано. Расскажите кнопкой ниже.`,
  pronouns: 'Местоимения',
  button: 'Рассказать о себе',
  set: (name) => `Со следующего сообщения вас зовут **${name}**.`,
  cleared: (name) => `Со следующего сообщения вас снова зовут **${name}**.`,
  offer: (name) =>
    `Вас зовут **${name}**. Если хотите, возьмите другое имя, местоимения и описание.`,
  everywhere: 'Во всех историях здесь',
  onlyHere: 'Только в этой истории',
};
