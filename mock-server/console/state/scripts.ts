/** The scripts of an app: of an operation, for every call or for those with a number. */
import type { Operation } from '../../../src/control/api.js';
import { COLON } from '../../../src/text/bilingual.js';
import { pair, t } from '../messages/message.js';
import { appState, changeAppState } from './app-state.js';
import { OPERATIONS } from './operations.js';

export interface Script {
  readonly operation: Operation;
  /** Empty for every call of the app. */
  readonly phoneNumber: string;
  /** As it was set; an empty one is removed. */
  readonly script: string;
}

interface SetScript extends Script {
  /** Its steps that are left. */
  readonly remaining: string;
}

export function isPhoneNumber(text: string): boolean {
  return /^1\d{10}$/.test(text);
}

/** Also those whose steps are used up. */
export function scriptsOf(appId: string): readonly SetScript[] {
  const { outcomes, subscribers = [] } = appState(appId) ?? {};
  const owners = [...(outcomes ? [{ phoneNumber: '', outcomes }] : []), ...subscribers];
  return owners.flatMap(({ phoneNumber, outcomes: own }) =>
    OPERATIONS.map((operation) => ({ operation, phoneNumber, ...own[operation] })).filter(
      ({ script }) => script !== '',
    ),
  );
}

export function waitingScripts(appId: string): readonly SetScript[] {
  return scriptsOf(appId).filter(({ remaining }) => remaining !== '');
}

export function scriptName({ operation, phoneNumber }: Omit<Script, 'script'>): string {
  return pair(t(`operation.${operation}`), COLON, phoneNumber || t('script.everyCall'));
}

/** Keeps the other scripts of a number. */
export function setScript(
  appId: string,
  { operation, phoneNumber, script }: Script,
): Promise<void> {
  const others = waitingScripts(appId).filter(
    (other) => other.phoneNumber === phoneNumber && other.operation !== operation,
  );
  const kept = others.map((other) => [other.operation, other.remaining]);
  const outcomes = {
    ...Object.fromEntries(kept),
    ...(script !== '' && { [operation]: script }),
  };
  return changeAppState(appId, (own) => {
    if (phoneNumber !== '')
      return own('PUT /subscribers/:number', { number: phoneNumber, body: { outcomes } });
    return script === ''
      ? own('DELETE /outcomes/:operation', { operation })
      : own('PUT /outcomes/:operation', { operation, body: { script } });
  });
}

export async function removeScripts(appId: string, scripts: readonly Script[]): Promise<void> {
  for (const each of scripts) await setScript(appId, { ...each, script: '' });
}
