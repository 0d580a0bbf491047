type Details = Readonly<Record<string, string | number>>;

export const drawerRefusals = {
  'changed-meanwhile': ({ now }: Details) =>
    `Это тем временем изменили, и ничего не перезаписано. Теперь здесь: ${String(now ?? '').slice(0, 1_500) || '(ничего)'}`,
} as const;
