/** Fills texts with value names in braces: `{token}`. Unknown names stay unchanged, so a text can contain JSON. */

export type Values = Readonly<Record<string, string>>;

export function filled(text: string, values: Values): string {
  return text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/** Fills every string in a value. */
export function filledDeep(value: unknown, values: Values): unknown {
  if (typeof value === 'string') return filled(value, values);
  if (Array.isArray(value)) return value.map((item) => filledDeep(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filledDeep(member, values)]));
}
