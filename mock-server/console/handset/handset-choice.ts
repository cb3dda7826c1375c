/** What was chosen for the handset. It stands in the address, so that a link opens the handset ready. */
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
  /** Of the SIM card. */
  readonly phoneNumber: string;
  readonly operator: Operator;
  /** At verify: the number that the user typed, which need not be the SIM card's. */
  readonly askedNumber: string;
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
    askedNumber: parameters['asked'] ?? phoneNumber,
  };
});

/** A link may name an app that is not there. */
export const isGone = computed(() => apps.value?.some(({ appId }) => appId === choice.value.appId) === false);

/** Undefined goes back to what is usual. */
export type HandsetChange = Readonly<Partial<Record<Parameter, string | undefined>>>;

export function choose(changed: HandsetChange): void {
  const { parameters } = place.value;
  replacePlace({ view: 'handset', parameters: { ...parameters, ...changed } });
}

const PHONE_NUMBER = /^1\d{10}$/;

export function isPhoneNumber(text: string): boolean {
  return PHONE_NUMBER.test(text);
}

/** As the authorisation page shows it: 138****8000. */
export function masked(phoneNumber: string): string {
  return `${phoneNumber.slice(0, 3)}****${phoneNumber.slice(7)}`;
}
