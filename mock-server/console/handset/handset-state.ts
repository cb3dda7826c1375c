/** The choices of the handset, its token, and the exchange with the carrier. The choices are in the address, so that a link opens the handset with them. */
import { computed, effect, signal } from '@preact/signals';
import type { MintedToken, Operation, SignedRequest } from '../../../src/control/api.js';
import { showOnPhone } from '../parts/panel.js';
import { selectedAppId } from '../state/app-state.js';
import { exchange, type SentExchange } from '../state/carrier.js';
import { records } from '../state/live-requests.js';
import { mockApp } from '../state/mock.js';
import { FIRST_OPERATION, OPERATIONS, sendsNumber } from '../state/operations.js';
import { place, replacePlace } from '../state/place.js';
import { apps, subscribers } from '../state/server-data.js';

export const OPERATORS = ['mobile', 'unicom', 'telecom'] as const;

interface HandsetChoice {
  /** Undefined while the server has no app. */
  readonly appId: string | undefined;
  readonly operation: Operation;
  /** The SIM card's number. */
  readonly phoneNumber: string;
  readonly operator: (typeof OPERATORS)[number];
  /** The number to check, which the user typed. It may differ from the SIM card's. */
  readonly typedNumber: string;
}

export const choice = computed<HandsetChoice>(() => {
  const { parameters } = place.value;
  const phoneNumber = parameters['number'] ?? subscribers.value?.[0]?.phoneNumber ?? '';
  const subscriber = subscribers.value?.find((row) => row.phoneNumber === phoneNumber);
  return {
    appId: selectedAppId.value,
    operation: OPERATIONS.find((name) => name === parameters['operation']) ?? FIRST_OPERATION,
    phoneNumber,
    operator: OPERATORS.find((name) => name === parameters['operator']) ?? subscriber?.operator ?? 'mobile',
    typedNumber: parameters['asked'] ?? phoneNumber,
  };
});

/** A link may name an app that does not exist. */
export const isGone = computed(() => apps.value?.some(({ appId }) => appId === choice.value.appId) === false);

type Parameter = 'app' | 'operation' | 'number' | 'operator' | 'asked';

/** undefined restores a default. */
export function choose(changed: Readonly<Partial<Record<Parameter, string | undefined>>>): void {
  const { parameters } = place.value;
  replacePlace({ view: 'handset', parameters: { ...parameters, ...changed } });
}

export function isPhoneNumber(text: string): boolean {
  return /^1\d{10}$/.test(text);
}

/** `138****8000`, as on the authorisation page. */
export function masked(phoneNumber: string): string {
  return `${phoneNumber.slice(0, 3)}****${phoneNumber.slice(7)}`;
}

export interface HandsetToken extends MintedToken {
  readonly appId: string;
  readonly usedBy: string | null;
}

export const token = signal<HandsetToken | undefined>(undefined);
export const sent = signal<SentExchange | undefined>(undefined);
export const isSending = signal(false);
/** The correctly signed request, shown before it is sent. */
export const prepared = signal<SignedRequest | undefined>(undefined);

/** Does what the phone's SDK does when the user taps. */
export async function tap(): Promise<void> {
  const { appId, operation, phoneNumber, operator } = choice.value;
  if (appId === undefined) return;
  const minted = await mockApp(appId).mint({ phoneNumber, operator, capability: operation });
  token.value = { ...minted, appId, usedBy: null };
  sent.value = undefined;
  await prepare();
  showOnPhone('.handset-result');
}

export async function prepare(): Promise<void> {
  const current = token.value;
  if (current === undefined) return;
  const { typedNumber } = choice.value;
  const request = await mockApp(current.appId).signedRequest({
    operation: current.capability,
    token: current.token,
    ...(sendsNumber(current.capability) && { phoneNumber: typedNumber }),
  });
  // The number or the token may have changed while the server signed.
  if (token.value?.token === current.token && choice.value.typedNumber === typedNumber) prepared.value = request;
}

/** Signs again, so that the request has the current time. */
export async function send(): Promise<void> {
  isSending.value = true;
  try {
    await prepare();
    if (prepared.value !== undefined) sent.value = await exchange(prepared.value);
  } finally {
    isSending.value = false;
  }
}

/** A charged request of any client uses up its token. */
effect(() => {
  const current = token.value;
  if (current === undefined || current.usedBy !== null) return;
  const usedBy = records.value.find(({ charged, request }) => charged && request.body.includes(current.token));
  if (usedBy !== undefined) token.value = { ...current, usedBy: usedBy.id };
});

/** Another phone, app or operation needs another token. */
export function clearToken(): void {
  token.value = undefined;
  sent.value = undefined;
  prepared.value = undefined;
}
