/** The control token: asked for when a call needs it, and kept in the memory of this page only. */
import { signal } from '@preact/signals';

const given = signal<string | undefined>(undefined);

/** A call was refused for want of it: the page asks. */
export const isTokenWanted = signal(false);

export function wantToken(): void {
  isTokenWanted.value = true;
}

export function giveToken(token: string): void {
  given.value = token;
  isTokenWanted.value = false;
}

/** Subscribes whoever computes with it: what was refused is asked for again with the new one. */
export function authorization(): Readonly<Record<string, string>> {
  return given.value === undefined ? {} : { Authorization: `Bearer ${given.value}` };
}
