/** The scripts of a number: their remaining steps, and changing that of one operation. */

import type { Operation } from '../../../src/control/api.js';
import type { NumberOutcomes } from '../../../src/control/mock-app.js';
import { appState, changeAppState } from './app-state.js';
import { OPERATIONS } from './operations.js';

export function isPhoneNumber(text: string): boolean {
  return /^1\d{10}$/.test(text);
}

/** Without scripts that are finished. */
export function remainingOf(appId: string, phoneNumber: string): NumberOutcomes {
  const numbers = appState(appId)?.subscribers ?? [];
  const outcomes = numbers.find((number) => number.phoneNumber === phoneNumber)?.outcomes;
  const waiting = OPERATIONS.map((name) => [name, outcomes?.[name].remaining ?? ''] as const);
  return Object.fromEntries(waiting.filter(([, remaining]) => remaining !== ''));
}

interface NumberScript {
  readonly appId: string;
  readonly phoneNumber: string;
  readonly operation: Operation;
  /** Empty removes it. */
  readonly script: string;
}

/** Keeps the scripts of the number for other operations. */
export function setNumberScript({
  appId,
  phoneNumber,
  operation,
  script,
}: NumberScript): Promise<void> {
  const { [operation]: _, ...others } = remainingOf(appId, phoneNumber);
  const scripts = script === '' ? others : { ...others, [operation]: script };
  return changeAppState(appId, (app) =>
    Object.keys(scripts).length === 0
      ? app.clearNumber(phoneNumber)
      : app.scriptNumber(phoneNumber, scripts),
  );
}
