/** The choices of the handset. They are in the address, so that a link opens the handset with them. */
import { computed } from '@preact/signals';
import type { Operation } from '../api/schemas.js';
import { place, replacePlace } from '../state/place.js';
import { selectedAppId } from '../state/selected-app.js';
import { apps, subscribers } from '../state/server-data.js';

export const OPERATORS = ['mobile', 'unicom', 'telecom'] as const;
export type Operator = (typeof OPERATORS)[number];

export interface HandsetChoice {
  /** Undefined while the server has no app. */
  readonly appId: string | undefined;
  readonly operation: Operation;
  /** The SIM card's number. */
  readonly phoneNumber: string;
  readonly operator: Operator;
  /** At verify: the number that the user typed. It may differ from the SIM card's. */
  readonly typedNumber: string;
}

export type Parameter = 'app' | 'operation' | 'number' | 'operator' | 'asked';

export const choice = computed<HandsetChoice>(() => {
  const { parameters } = place.value;
  const phoneNumber = parameters['number'] ?? subscribers.value?.[0]?.phoneNumber ?? '';
  const subscriber = subscribers.value?.find((row) => row.phoneNumber === phoneNumber);
  return {
    appId: selectedAppId.value,
    operation: parameters['operation'] === 'tokenValidate' ? 'tokenValidate' : 'loginTokenValidate',
    phoneNumber,
    operator: OPERATORS.find((name) => name === parameters['operator']) ?? subscriber?.operator ?? 'mobile',
    typedNumber: parameters['asked'] ?? phoneNumber,
  };
});

/** A link may name an app that does not exist. */
export const isGone = computed(() => apps.value?.some(({ appId }) => appId === choice.value.appId) === false);

/** undefined restores a default. */
export type HandsetChange = Readonly<Partial<Record<Parameter, string | undefined>>>;

export function choose(changed: HandsetChange): void {
  const { parameters } = place.value;
  replacePlace({ view: 'handset', parameters: { ...parameters, ...changed } });
}

const PHONE_NUMBER = /^1\d{10}$/;

export function isPhoneNumber(text: string): boolean {
  return PHONE_NUMBER.test(text);
}

/** `138****8000`, as on the authorisation page. */
export function masked(phoneNumber: string): string {
  return `${phoneNumber.slice(0, 3)}****${phoneNumber.slice(7)}`;
}
