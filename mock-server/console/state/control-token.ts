/** The control token: asked for when a call needs it, and kept in the memory of this page only. */
import { computed, signal } from '@preact/signals';

const given = signal<string | undefined>(undefined);

/** A call was refused for want of it: the page asks. */
export const isTokenWanted = signal(false);

/** It was given, and refused. */
export const isTokenWrong = computed(() => isTokenWanted.value && given.value !== undefined);

export function wantToken(): void {
  isTokenWanted.value = true;
}

export function giveToken(token: string): void {
  given.value = token;
  isTokenWanted.value = false;
}

export function authorization(): Readonly<Record<string, string>> {
  return given.value === undefined ? {} : { Authorization: `Bearer ${given.value}` };
}
