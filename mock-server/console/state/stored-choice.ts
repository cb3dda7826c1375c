/** Choices of the user in the browser's storage. If the storage is blocked, a choice lasts until the page is closed. */
import { effect, type Signal, signal } from '@preact/signals';

const PREFIX = 'cmpassport-mock.';

interface ChoiceInputs<T extends string> {
  readonly name: string;
  readonly options: readonly T[];
  readonly otherwise: T;
}

export function storedChoice<T extends string>({ name, options, otherwise }: ChoiceInputs<T>): Signal<T> {
  const stored = read(PREFIX + name);
  const choice = signal(options.find((option) => option === stored) ?? otherwise);
  let isFirst = true;
  effect(() => {
    const { value } = choice;
    if (!isFirst) write(PREFIX + name, value);
    isFirst = false;
  });
  return choice;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The storage is blocked.
  }
}
