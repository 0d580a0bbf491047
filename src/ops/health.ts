/** A part that Troupe cannot do without, and whether it is well. */
export interface Part {
  readonly name: string;
  readonly isWell: () => boolean;
}

export interface Health {
  readonly isWell: boolean;
  readonly parts: Readonly<Record<string, 'well' | 'not well'>>;
}

/** A part whose look fails is not well. */
export function healthOf(parts: readonly Part[]): Health {
  const looked = parts.map(({ name, isWell }): [string, 'well' | 'not well'] => {
    try {
      return [name, isWell() ? 'well' : 'not well'];
    } catch {
      return [name, 'not well'];
    }
  });
  return {
    isWell: looked.every(([, state]) => state === 'well'),
    parts: Object.fromEntries(looked),
  };
}
