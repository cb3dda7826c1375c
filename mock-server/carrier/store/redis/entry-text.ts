/** A value and its revision, as the scripts store them: "revision value". */
import type { Entry } from '../state-store.js';

export function readEntry<T>(text: string): Entry<T> {
  const end = text.indexOf(' ');
  return { revision: Number(text.slice(0, end)), value: JSON.parse(text.slice(end + 1)) };
}

export function entryOf<T>(text: string | null): Entry<T> | undefined {
  return text === null ? undefined : readEntry(text);
}
