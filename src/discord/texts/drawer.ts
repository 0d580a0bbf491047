type Details = Readonly<Record<string, string | number>>;

export const drawerRefusals = {
  'changed-meanwhile': ({ now }: Details) =>
    `This was changed meanwhile, and nothing was overwritten. It is now: ${String(now ?? '').slice(0, 1_500) || '(nothing)'}`,
} as const;
