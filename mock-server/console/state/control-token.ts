/** The control token. The page requests it when a call needs it, and keeps it in memory only. */
import { computed, signal } from '@preact/signals';

const controlToken = signal<string | undefined>(undefined);

/** A call was refused with a 401: the page shows the dialog. */
export const isTokenRequired = signal(false);

export const isTokenWrong = computed(() => isTokenRequired.value && controlToken.value !== undefined);

export function requireToken(): void {
  isTokenRequired.value = true;
}

export function setToken(token: string): void {
  controlToken.value = token;
  isTokenRequired.value = false;
}

export function authorization(): Readonly<Record<string, string>> {
  return controlToken.value === undefined ? {} : { Authorization: `Bearer ${controlToken.value}` };
}
