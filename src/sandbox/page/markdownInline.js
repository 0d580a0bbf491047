/**
 * The marks within a line of Discord's markdown: styles, links, mentions, times. Pure.
 *
 * @typedef {{ type: 'text', text: string }} Text
 * @typedef {{ type: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler', children: Inline[] }} Styled
 * @typedef {{ type: 'code', text: string }} Code
 * @typedef {{ type: 'link', url: string, children: Inline[] }} Link
 * @typedef {{ type: 'user' | 'role' | 'channel', id: string }} Mention
 * @typedef {{ type: 'command', name: string, id: string }} CommandMention
 * @typedef {{ type: 'everyone', text: string }} Everyone
 * @typedef {{ type: 'emoji', name: string, id: string, animated: boolean }} Emoji
 * @typedef {{ type: 'timestamp', seconds: number, style: string }} Timestamp
 * @typedef {Text | Styled | Code | Link | Mention | CommandMention | Everyone | Emoji | Timestamp} Inline
 */

const patterns = {
  escape: /\\([^0-9A-Za-z\s])/y,
  code: /(`+)([\s\S]*?[^`])\1(?!`)/y,
  bold: /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y,
  underline: /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y,
  italicStar: /\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/y,
  italicLow: /\b_((?:__|\\[\s\S]|[^\\_])+?)_\b/y,
  strike: /~~(?=\S)((?:\\[\s\S]|[^\\])+?)~~/y,
  spoiler: /\|\|([\s\S]+?)\|\|/y,
  link: /\[((?:\\[\s\S]|[^\\\]])+)\]\(<?(https?:\/\/[^\s<>]+?)>?(?: +"[^"]*")?\)/y,
  angled: /<(https?:\/\/[^\s<>]+)>/y,
  url: /https?:\/\/[^\s<]*[^\s<.,:;"'\]!?*_|~]/y,
  mention: /<(@!?|@&|#)(\d{15,21})>/y,
  command: /<\/([^:\n]{1,100}):(\d{1,21})>/y,
  emoji: /<(a?):(\w{2,32}):(\d{15,21})>/y,
  timestamp: /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y,
  everyone: /@(?:everyone|here)\b/y,
};

/**
 * @param {RegExp} pattern
 * @param {string} text
 * @param {number} at
 */
function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * @param {string} text
 * @param {boolean} [inLink] links do not nest
 * @returns {Inline[]}
 */
export function parseInline(text, inLink = false) {
  /** @type {Inline[]} */
  const nodes = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const escaped = text[at] === '\\' ? match(patterns.escape, text, at) : null;
    const found = escaped ? null : inlineAt(text, at, inLink);
    if (found) {
      if (plain) nodes.push({ type: 'text', text: plain });
      plain = '';
      nodes.push(found.node);
      at += found.length;
    } else {
      plain += escaped?.[1] ?? text[at];
      at += escaped ? 2 : 1;
    }
  }
  if (plain) nodes.push({ type: 'text', text: plain });
  return nodes;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {boolean} inLink
 * @returns {{ node: Inline, length: number } | null}
 */
function inlineAt(text, at, inLink) {
  /** @type {(...pairs: [Styled['type'], RegExp][]) => { node: Inline, length: number } | null} */
  const styled = (...pairs) => {
    /** @type {{ type: Styled['type'], inner: string, length: number } | null} */
    let best = null;
    // Where two styles could open, the one that spans more wins, as on Discord.
    for (const [type, pattern] of pairs) {
      const found = match(pattern, text, at);
      if (found?.[1] && found[0].length > (best?.length ?? 0))
        best = { type, inner: found[1], length: found[0].length };
    }
    if (!best) return null;
    const children = parseInline(best.inner, inLink);
    return { node: { type: best.type, children }, length: best.length };
  };
  switch (text[at]) {
    case '*':
      return styled(['bold', patterns.bold], ['italic', patterns.italicStar]);
    case '_':
      return styled(['underline', patterns.underline], ['italic', patterns.italicLow]);
    case '~':
      return styled(['strike', patterns.strike]);
    case '|':
      return styled(['spoiler', patterns.spoiler]);
    case '`': {
      const found = match(patterns.code, text, at);
      if (!found) return null;
      return { node: { type: 'code', text: (found[2] ?? '').trim() }, length: found[0].length };
    }
    case '[':
      return inLink ? null : linkAt(text, at);
    case 'h':
    case '@':
      return bareAt(text, at, inLink);
    case '<':
      return angledAt(text, at, inLink);
    default:
      return null;
  }
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {{ node: Inline, length: number } | null}
 */
function linkAt(text, at) {
  const found = match(patterns.link, text, at);
  if (!found?.[1] || !found[2]) return null;
  return {
    node: { type: 'link', url: found[2], children: parseInline(found[1], true) },
    length: found[0].length,
  };
}

/**
 * @param {string} text
 * @param {number} at
 * @param {boolean} inLink
 * @returns {{ node: Inline, length: number } | null}
 */
function bareAt(text, at, inLink) {
  const everyone = match(patterns.everyone, text, at);
  if (everyone)
    return { node: { type: 'everyone', text: everyone[0] }, length: everyone[0].length };
  const url = inLink ? null : match(patterns.url, text, at);
  if (!url) return null;
  // A closing parenthesis belongs to the address only when it also holds the opening one.
  const address =
    url[0].endsWith(')') && !url[0].includes('(') ? url[0].replace(/\)+$/, '') : url[0];
  return {
    node: { type: 'link', url: address, children: [{ type: 'text', text: address }] },
    length: address.length,
  };
}

/**
 * @param {string} text
 * @param {number} at
 * @param {boolean} inLink
 * @returns {{ node: Inline, length: number } | null}
 */
function angledAt(text, at, inLink) {
  const mention = match(patterns.mention, text, at);
  if (mention?.[2]) {
    const type = mention[1] === '#' ? 'channel' : mention[1] === '@&' ? 'role' : 'user';
    return { node: { type, id: mention[2] }, length: mention[0].length };
  }
  const command = match(patterns.command, text, at);
  if (command?.[1] && command[2])
    return {
      node: { type: 'command', name: command[1], id: command[2] },
      length: command[0].length,
    };
  const emoji = match(patterns.emoji, text, at);
  if (emoji?.[2] && emoji[3])
    return {
      node: { type: 'emoji', name: emoji[2], id: emoji[3], animated: emoji[1] === 'a' },
      length: emoji[0].length,
    };
  const timestamp = match(patterns.timestamp, text, at);
  // Beyond ±8.64e12 seconds there is no date.
  if (timestamp?.[1] && Math.abs(Number(timestamp[1])) <= 8.64e12)
    return {
      node: { type: 'timestamp', seconds: Number(timestamp[1]), style: timestamp[2] ?? 'f' },
      length: timestamp[0].length,
    };
  const url = inLink ? null : match(patterns.angled, text, at);
  if (url?.[1])
    return {
      node: { type: 'link', url: url[1], children: [{ type: 'text', text: url[1] }] },
      length: url[0].length,
    };
  return null;
}
