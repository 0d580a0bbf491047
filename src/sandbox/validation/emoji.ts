/** Whether a text is one emoji of Unicode, with or without the mark that asks for its picture. */
export function isUnicodeEmoji(text: string): boolean {
  return /^\p{RGI_Emoji}$/v.test(text) || /^[\p{Emoji}--\p{ASCII}]\uFE0F?$/v.test(text);
}
