/** Where the sandbox refuses what the document allows. */
export interface Stricter {
  /** Discord's code of the refusal, or of the field within a 50035. */
  code: number | string;
  /** Where in the body; anywhere when left out. */
  at?: RegExp;
  /** Part of the target's name; every target when left out. */
  target?: string;
  reason: string;
}

/** Where the sandbox takes what the document refuses. */
export interface Laxer {
  at: RegExp;
  target?: string;
  reason: string;
}

const ROWS_IN_A_MODAL = /\/data\/components\/\d+\/components/;

/** Rules that Discord documents in words, or enforces, and that its document leaves out. */
export const stricter: readonly Stricter[] = [
  // Messages
  { code: 50006, reason: 'a message shows something' },
  { code: 'BASE_TYPE_MAX_LENGTH', at: /\/content$/, reason: 'content: 2,000 for applications' },
  { code: 'MAX_EMBED_SIZE_EXCEEDED', reason: 'embeds: 6,000 characters over all of a message' },
  {
    code: 'BASE_TYPE_REQUIRED',
    at: /\/embeds\/\d+\/(author\/name|footer\/text|description)$/,
    reason: 'an author has a name, a footer has text, an embed shows something',
  },
  { code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', reason: 'all of a kind, or a list of them' },
  {
    code: 'BASE_TYPE_REQUIRED',
    at: /\/allowed_mentions\/(users|roles)\/\d+$/,
    reason: 'null is nobody',
  },
  { code: 'BASE_TYPE_CHOICES', at: /\/allowed_mentions\/parse\/\d+$/, reason: 'null is no kind' },
  { code: 'MESSAGE_ATTACHMENT_NOT_FOUND', reason: 'what is described is a file of the request' },
  { code: 'REPLIES_UNKNOWN_MESSAGE', reason: 'the message that is answered exists' },

  // Components
  {
    code: 'BASE_TYPE_CHOICES',
    at: /\/components\/\d+\/type$/,
    reason: 'rows only, without the flag for components V2',
  },
  { code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', reason: 'components V2 alone' },
  { code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', reason: 'a row: five buttons or one select' },
  { code: 'COMPONENT_CUSTOM_ID_DUPLICATED', reason: 'custom ids are unique in a message' },
  { code: 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', reason: 'components V2: 40, nested ones too' },
  { code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', reason: 'components V2: 4,000 characters' },
  { code: 'COMPONENT_INVALID_EMOJI', reason: 'an emoji has an id or is one of Unicode' },
  {
    code: 'BASE_TYPE_REQUIRED',
    at: /\/(custom_id|url)$/,
    reason: 'a button that links has a link, any other a custom id',
  },
  { code: 'BUTTON_COMPONENT_EMPTY_LABEL', reason: 'a button has a label or an emoji' },
  { code: 'BUTTON_COMPONENT_INVALID_URL', reason: 'a link is for link buttons' },
  { code: 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', reason: 'a link or a custom id' },
  { code: 'SELECT_COMPONENT_MAX_VALUES', reason: 'least, most and options of a select agree' },
  { code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', reason: 'options differ by value' },
  {
    code: 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
    reason: 'no more defaults than may be chosen',
  },

  // Modals
  {
    code: 'BASE_TYPE_MAX_LENGTH',
    at: /^\/data\/components$/,
    target: 'a modal',
    reason: 'a modal has up to five components',
  },
  {
    code: 'BASE_TYPE_REQUIRED',
    at: /^\/data\/components$/,
    target: 'a modal',
    reason: 'a modal asks for something',
  },
  {
    code: 'BASE_TYPE_MAX_LENGTH',
    at: ROWS_IN_A_MODAL,
    target: 'a modal',
    reason: 'a row of a modal has one input',
  },
  {
    code: 'BASE_TYPE_REQUIRED',
    at: /\/label$/,
    target: 'a modal',
    reason: 'an input in a row has a label of its own',
  },
  {
    code: 'MODEL_TYPE_CONVERT',
    at: /\/component\/label$/,
    target: 'a modal',
    reason: 'an input in a label has none of its own',
  },

  // Commands
  {
    code: 'MODEL_TYPE_CONVERT',
    at: /^\/$/,
    target: 'PUT /applications/',
    reason: 'no commands is an empty list, not null',
  },
  { code: 'APPLICATION_COMMAND_INVALID_NAME', reason: 'names: lower case, no blanks' },
  { code: 'APPLICATION_COMMANDS_DUPLICATE_NAME', reason: 'names differ' },
  {
    code: 'BASE_TYPE_BAD_LENGTH',
    at: /\/(description|name)$/,
    reason: 'a slash command is described; an option is named',
  },
  {
    code: 'APPLICATION_COMMAND_INVALID_DESCRIPTION',
    reason: 'a context menu command has neither description nor options',
  },
  { code: 'APPLICATION_COMMAND_TOO_LARGE', reason: '8,000 characters in all' },
  { code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', reason: 'subcommands or options' },
  { code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', reason: 'required ones come first' },
  { code: 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED', reason: 'options differ by name' },
  { code: 'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE', reason: 'choices or autocomplete' },
  { code: 'APPLICATION_COMMAND_OPTION_CHOICE_NAME_DUPLICATED', reason: 'choices differ by name' },
  {
    code: 'BASE_TYPE_MAX_LENGTH',
    at: /\/choices\/\d+\/value$/,
    reason: 'the value of a choice: 100 characters, not 6,000',
  },
  {
    code: 'BASE_TYPE_REQUIRED',
    at: /^\/data\/choices(\/\d+)?$/,
    target: 'choices',
    reason: 'no choices is an empty list, not null and not nothing; null is no choice',
  },
  {
    code: 'MODEL_TYPE_CONVERT',
    at: /^\/data\/choices\/\d+$/,
    target: 'choices',
    reason: 'null is no choice',
  },

  // Channels, threads, webhooks, emojis
  {
    code: 'BASE_TYPE_CHOICES',
    at: /^\/type$/,
    target: '/channels',
    reason: 'text channels and forums are all that the sandbox has',
  },
  { code: 'BASE_TYPE_MAX_LENGTH', at: /^\/topic$/, reason: 'topic: 1,024; 4,096 are for forums' },
  { code: 'BASE_TYPE_REQUIRED', at: /^\/available_tags\/\d+$/, reason: 'null is no tag' },
  { code: 'FORUM_TAG_NOT_FOUND', reason: 'a tag is one of the forum' },
  { code: 220003, reason: 'a webhook makes threads in forums only' },
  { code: 'STRING_TYPE_REGEX', at: /^\/name$/, target: '/emojis', reason: 'letters, digits, _' },
  { code: 'USERNAME_INVALID_CONTAINS', reason: 'no "clyde", no "discord"' },
];

export const laxer: readonly Laxer[] = [
  {
    at: /\/(poll|shared_client_theme)\b/,
    reason: 'polls and themes are not played: what is in them is not looked at',
  },
  {
    at: /^\/(access_tokens|nicks)\b/,
    target: 'POST /users/@me/channels',
    reason: 'they make groups, which a bot has not: what is in them is not looked at',
  },
];
