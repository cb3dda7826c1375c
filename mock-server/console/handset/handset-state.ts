/** The choices of the handset, its token, and the exchange with the carrier. The choices and the token are in the address, so that a link opens the handset with them. */
import { computed, effect, signal } from '@preact/signals';
import type { JournalRecord, MintedToken, SignedRequest } from '../../../src/control/api.js';
import { showOnPhone } from '../parts/panel.js';
import { appNowMs, privateKeysOf, selectedAppId, signedRequest } from '../state/app-state.js';
import { exchange, type SentExchange } from '../state/carrier.js';
import { records } from '../state/live-requests.js';
import { mockApp } from '../state/mock.js';
import { notifyProblem } from '../state/notices.js';
import { FIRST_OPERATION, needsPrivateKey, OPERATIONS, sendsNumber } from '../state/operations.js';
import { place, replacePlace } from '../state/place.js';
import { apps, subscribers } from '../state/server-data.js';

export const OPERATORS = ['mobile', 'unicom', 'telecom'] as const;

export const choice = computed(() => {
  const { parameters } = place.value;
  const phoneNumber = parameters['number'] ?? subscribers.value?.[0]?.phoneNumber ?? '';
  const subscriber = subscribers.value?.find((row) => row.phoneNumber === phoneNumber);
  return {
    /** Undefined while the server has no app. */
    appId: selectedAppId.value,
    operation: OPERATIONS.find((name) => name === parameters['operation']) ?? FIRST_OPERATION,
    /** The SIM card's number. */
    phoneNumber,
    operator:
      OPERATORS.find((name) => name === parameters['operator']) ?? subscriber?.operator ?? 'mobile',
    /** The number to check, which the user typed. It may differ from the SIM card's. */
    typedNumber: parameters['asked'] ?? phoneNumber,
  };
});

/** A link may name an app that does not exist. */
export const isGone = computed(
  () => apps.value?.some(({ appId }) => appId === choice.value.appId) === false,
);

type Parameter = 'app' | 'operation' | 'number' | 'operator' | 'asked' | 'token';

/** undefined restores a default. */
export function choose(changed: Readonly<Partial<Record<Parameter, string | undefined>>>): void {
  const { parameters } = place.value;
  replacePlace({ view: 'handset', parameters: { ...parameters, ...changed } });
}

export function isPhoneNumber(text: string): boolean {
  return /^1\d{10}$/.test(text);
}

export interface HandsetToken extends MintedToken {
  readonly appId: string;
  readonly usedBy: string | null;
}

export const token = signal<HandsetToken | undefined>(undefined);
/** What this page sent. */
export const sent = signal<SentExchange | undefined>(undefined);
export const isSending = signal(false);
/** The correctly signed request, shown before it is sent. */
export const prepared = signal<SignedRequest | undefined>(undefined);

/** Does what the phone's SDK does when the user taps. */
export async function tap(): Promise<void> {
  const { appId, operation, phoneNumber, operator } = choice.value;
  if (appId === undefined) return;
  const minted = await mockApp(appId).mint({ phoneNumber, operator, capability: operation });
  sent.value = undefined;
  token.value = { ...minted, appId, usedBy: null };
  choose({ token: minted.token });
  await prepare();
  showOnPhone('.handset-result');
}

/** The page has the private key of an app only if it generated the key. */
export function isKeyMissing({ appId, capability }: HandsetToken): boolean {
  return needsPrivateKey(capability) && privateKeysOf(appId).sign === undefined;
}

export async function prepare(): Promise<void> {
  const current = token.value;
  if (current === undefined || isKeyMissing(current)) return;
  const { appId, capability: operation, token: text } = current;
  const { typedNumber } = choice.value;
  const number = sendsNumber(operation) && { phoneNumber: typedNumber };
  const request = await signedRequest(appId, { operation, token: text, ...number });
  // The number or the token may have changed while the server signed.
  if (token.value?.token === text && choice.value.typedNumber === typedNumber)
    prepared.value = request;
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

/** The token of the address, after a reload or from a link. */
effect(() => {
  const { view, parameters } = place.value;
  const { appId } = choice.value;
  const named = parameters['token'];
  if (
    view !== 'handset' ||
    named === undefined ||
    appId === undefined ||
    token.peek()?.token === named
  )
    return;
  const load = async () => {
    const loaded = await mockApp(appId).token(named);
    if (place.value.parameters['token'] !== named) return;
    token.value = { ...loaded, appId };
    await prepare();
  };
  load().catch(notifyProblem);
});

/** In the body or in a header. */
function carries({ request: { body, headers } }: JournalRecord, text: string): boolean {
  return body.includes(text) || Object.values(headers).includes(text);
}

/** A charged request of any client uses up its token. */
effect(() => {
  const current = token.value;
  if (current === undefined || current.usedBy !== null) return;
  const usedBy = records.value.find((record) => record.charged && carries(record, current.token));
  if (usedBy !== undefined) token.value = { ...current, usedBy: usedBy.id };
});

export interface ShownExchange extends SentExchange {
  /** The client that sent it; absent if a page of the console did. */
  readonly clientIp?: string;
}

/** The newest exchange with the token. */
export const shownExchange = computed<ShownExchange | undefined>(() => {
  const current = token.value;
  const own = sent.value;
  if (current === undefined) return undefined;
  const newest = records.value.find((record) => carries(record, current.token));
  if (newest === undefined || (own !== undefined && isAsNew(own, newest))) return own;
  return recordedExchange(newest);
});

/** The answer comes before its record. */
function isAsNew({ answer }: SentExchange, newest: JournalRecord): boolean {
  const ownId = answer?.requestId;
  return (
    ownId === undefined || newest.id === ownId || records.value.every(({ id }) => id !== ownId)
  );
}

function recordedExchange(record: JournalRecord): ShownExchange {
  const { method, path, request, response, id: requestId, clientIp } = record;
  const { status, body } = response;
  // Only browsers send this header.
  const isOfPage = request.headers['origin'] !== undefined;
  return {
    request: { method, path, ...request },
    answer: status === null ? undefined : { status, body, requestId },
    ...(!isOfPage && { clientIp }),
  };
}

/** How long the token works by the app's clock; undefined until the clock is loaded. */
export function remainingMsOf({
  appId,
  issuedAtMs,
  expiresAtMs,
}: HandsetToken): number | undefined {
  const now = appNowMs(appId);
  // The clock was read a moment before the token was minted, so the difference can exceed the lifetime.
  return now === undefined
    ? undefined
    : Math.max(0, Math.min(expiresAtMs - now, expiresAtMs - issuedAtMs));
}

/** Another phone, app or operation needs another token. */
export function clearToken(): void {
  token.value = undefined;
  sent.value = undefined;
  prepared.value = undefined;
  if (place.value.parameters['token'] !== undefined) choose({ token: undefined });
}
