/** How a person appears in stories. */
export const personaTexts = {
  title: 'How you appear',
  here: 'How you appear in this story',
  form: {
    name: 'Name',
    pronouns: 'Pronouns',
    description: 'What others see and know of you',
  },
  none: (name: string) =>
    `You appear as **${name}**, and nothing else is said of you. Say more with the button.`,
  pronouns: 'Pronouns',
  button: 'Set',
  set: (name: string) => `You appear as **${name}** from your next message on.`,
  cleared: (name: string) => `You appear as **${name}** again from your next message on.`,
  offer: (name: string) =>
    `You appear as **${name}**. Give yourself another name, pronouns and a description, if you like.`,
  everywhere: 'In every story here',
  onlyHere: 'In this story only',
} as const;
