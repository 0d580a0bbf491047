/** Permissions as Discord's own settings name them in Russian. */
const names: Readonly<Record<string, string>> = {
  'View Channel': 'Просматривать каналы',
  'Send Messages': 'Отправлять сообщения',
  'Send Messages In Threads': 'Отправлять сообщения в ветках',
  'Create Public Threads': 'Создавать публичные ветки',
  'Create Private Threads': 'Создавать приватные ветки',
  'Read Message History': 'Читать историю сообщений',
  'Embed Links': 'Встраивать ссылки',
  'Attach Files': 'Прикреплять файлы',
  'Manage Messages': 'Управлять сообщениями',
  'Manage Channels': 'Управлять каналами',
  'Manage Webhooks': 'Управлять вебхуками',
  'Manage Server': 'Управлять сервером',
};

export const permissionName = (english: string | number | undefined): string =>
  names[String(english)] ?? String(english);
