/** Ids as somebody names them: whole, or by a beginning of them up to a slash. */

export function isNamed(id: string, names: readonly string[]): boolean {
  return names.some((name) => id === name || id.startsWith(`${name.replace(/\/$/, '')}/`));
}

/** The first name that is nothing's. */
export function nobodysName(names: readonly string[], ids: readonly string[]): string | undefined {
  return names.find((name) => !ids.some((id) => isNamed(id, [name])));
}
