const STOP_WORDS = new Set(
  `a about above after again all also am an and any are aren't as at back be because been before being
  but by can can't could couldn't did didn't do does doesn't doing don't done down each ever every few
  for from get gets getting go goes going gonna got had has hasn't have haven't having he he's her here
  hers herself hi hey him himself his how i i'd i'll i'm i've if in into is isn't it it's its itself
  just know let's like lot made make many may me might more most much must my myself no nor not now of
  off oh ok okay on once one only or other our ours out over own really said same say says see she
  she's should so some something still such take than that that's the their theirs them then there
  there's these they they're thing things think this those through to too under until up upon us very
  was wasn't way we we're we've well went were what what's when where which while who whom whose why
  will with won't would wouldn't wow yeah yes yet you you'd you'll you're you've your yours yourself`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Lower-case words; an apostrophe within one stays. */
export const wordsIn = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('’', "'")
    .match(/[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu)
    ?.map((word) => word.replace(/'s$/, '')) ?? [];

/** Not of the words that every sentence has; a lower-case one. */
export const isTelling = (word: string): boolean =>
  !STOP_WORDS.has(word) && (word.length > 1 || /[^a-z]/.test(word));
