/** The choices of the handset, its token, and the exchange with the carrier. The address has the choices and the token: everything shown belongs to it, so that a link opens the same handset. */
import { computed, effect, signal, untracked } from '@preact/signals';
import type { JournalRecord, SignedRequest, Token } from '../../../src/control/api.js';
import { ControlError } from '../../../src/control/errors.js';
import { showOnPhone } from '../parts/panel.js';
import type { Sending } from '../parts/send-button.js';
import { appNowMs, privateKeysOf, selectedAppId, signedRequest } from '../state/app-state.js';
import { exchange, type Failure, type SentExchange } from '../state/carrier.js';
import { appChange, connection, records } from '../state/live-requests.js';
import { mockApp } from '../state/mock.js';
import { notifyProblem } from '../state/notices.js';
import { FIRST_OPERATION, OPERATIONS, sendsNumber } from '../state/operations.js';
import { place, replacePlace } from '../state/place.js';
import { isPhoneNumber } from '../state/scripts.js';
import { apps, subscribers } from '../state/server-data.js';

const isShown = computed(() => place.value.view === 'handset');

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
    operator: subscriber?.operator ?? 'mobile',
    /** The number to check, which the user typed. It may differ from the SIM card's. */
    typedNumber: parameters['asked'] ?? phoneNumber,
  };
});

/** What the address of a handset has. The page of the console has the comments. */
interface HandsetParameters {
  /** The appId. */
  readonly app?: string | undefined;
  /** The operation that the token is for. */
  readonly operation?: string | undefined;
  /** The SIM card's number. */
  readonly number?: string | undefined;
  /** The number to verify. */
  readonly asked?: string | undefined;
  /** The token of this handset. */
  readonly token?: string | undefined;
}

function choose(changed: HandsetParameters): void {
  const { parameters } = place.value;
  replacePlace({ view: 'handset', parameters: { ...parameters, ...changed } });
}

/** Another phone, app or operation needs another token. undefined restores a default. */
export function chooseOther(changed: Parameters<typeof choose>[0]): void {
  choose({ ...changed, token: undefined });
}

export function typeNumber(asked: string): void {
  choose({ asked });
}

/** Completes the address, because the defaults depend on the browser and on the server. */
effect(() => {
  const { appId, operation, phoneNumber } = choice.value;
  const { app, number } = place.value.parameters;
  if (!isShown.value || appId === undefined || phoneNumber === '') return;
  if (app === undefined || number === undefined || !place.value.parameters['operation'])
    choose({ app: appId, operation, number: phoneNumber });
});

/** A link may name an app that does not exist. */
export const isGone = computed(
  () => apps.value?.some(({ appId }) => appId === choice.value.appId) === false,
);

export interface HandsetToken extends Omit<Token, 'status'> {
  readonly appId: string;
}

/** The token of the address; undefined without one. */
const tokenText = computed(() => (isShown.value ? place.value.parameters['token'] : undefined));

/** What the server knows about a token. */
interface LoadedToken {
  readonly text: string;
  /** undefined if the app does not have it. */
  readonly found: HandsetToken | undefined;
}

const loaded = signal<LoadedToken | undefined>(undefined);

/** A token of the chosen app, operation and phone. */
export const token = computed<HandsetToken | undefined>(() => {
  const found = loaded.value?.text === tokenText.value ? loaded.value?.found : undefined;
  const { appId, operation, phoneNumber } = choice.value;
  const isChosen =
    found?.appId === appId && found?.capability === operation && found?.phoneNumber === phoneNumber;
  return isChosen ? found : undefined;
});

/** The address has a token that the server does not have: it was restarted or reset, or the link is wrong. */
export const isTokenGone = computed(
  () =>
    loaded.value !== undefined &&
    loaded.value.text === tokenText.value &&
    token.value === undefined,
);

async function load(appId: string, text: string): Promise<void> {
  const found = await mockApp(appId).token(text).catch(noneIfRefused);
  if (tokenText.value === text) loaded.value = { text, found: found && { ...found, appId } };
}

function noneIfRefused(error: unknown): undefined {
  if (!(error instanceof ControlError) || error.code !== 'ERR_CONTROL_REFUSED') throw error;
}

/** From a link, after a reload, and again when the server was restarted or the app changed. */
effect(() => {
  const { appId } = choice.value;
  const text = tokenText.value;
  void appChange.value;
  if (text === undefined || appId === undefined || connection.value !== 'open') return;
  load(appId, text).catch(notifyProblem);
});

/** Does what the phone's SDK does when the user taps. */
export async function tap(): Promise<void> {
  const { appId, operation, phoneNumber, operator } = choice.value;
  if (appId === undefined) return;
  const minted = await mockApp(appId).mint({ phoneNumber, operator, capability: operation });
  loaded.value = { text: minted.token, found: { ...minted, appId, usedBy: null } };
  choose({ token: minted.token });
  showOnPhone('.handset-result');
}

/** The correctly signed request with the token, shown before it is sent. */
interface Prepared {
  readonly text: string;
  readonly typedNumber: string;
  /** undefined if this page does not have the private key that signs. */
  readonly request: SignedRequest | undefined;
}

const latestPrepared = signal<Prepared | undefined>(undefined);

export const prepared = computed<Prepared | undefined>(() => {
  const current = latestPrepared.value;
  const isCurrent =
    current?.text === token.value?.token && current?.typedNumber === choice.value.typedNumber;
  return isCurrent ? current : undefined;
});

async function prepare({ appId, capability: operation, token: text }: HandsetToken) {
  const { typedNumber } = choice.peek();
  const number = sendsNumber(operation) && { phoneNumber: typedNumber };
  const request = await signedRequest(appId, { operation, token: text, ...number }).catch(
    noneWithoutKey,
  );
  latestPrepared.value = { text, typedNumber, request };
  return request;
}

function noneWithoutKey(error: unknown): undefined {
  if (!(error instanceof ControlError) || error.pointer !== '/privateKey') throw error;
}

const shownToken = computed(() => token.value?.token);
const typedNumber = computed(() => choice.value.typedNumber);

effect(() => {
  const current = shownToken.value && token.peek();
  // The page may have the private key only now.
  void privateKeysOf(choice.peek().appId ?? '').sign;
  if (current && isPhoneNumber(typedNumber.value))
    untracked(() => prepare(current)).catch(notifyProblem);
});

/** What this page sent, with its token. */
const sent = signal<(SentExchange & { readonly text: string }) | undefined>(undefined);
export const sending = signal<Sending | undefined>(undefined);

/** A request belongs to its token: with another one, it is cancelled. */
effect(() => {
  void tokenText.value;
  return () => untracked(() => sending.value?.cancel());
});

/** Signs again, so that the request has the current time. */
export async function send(stopped: AbortSignal): Promise<void> {
  const current = token.value;
  const request = current && (await prepare(current));
  if (request !== undefined)
    sent.value = { ...(await exchange(request, stopped)), text: current?.token ?? '' };
}

/** In the body or in a header. */
function carries({ request: { body, headers } }: JournalRecord, text: string): boolean {
  return body.includes(text) || Object.values(headers).includes(text);
}

/** A charged request of any client uses up its token. */
effect(() => {
  const current = token.value;
  if (current === undefined || current.usedBy !== null) return;
  const usedBy = records.value.find((record) => record.charged && carries(record, current.token));
  if (usedBy !== undefined)
    loaded.value = { text: current.token, found: { ...current, usedBy: usedBy.id } };
});

export interface ShownExchange extends SentExchange {
  /** The client that sent it; absent if a page of the console did. */
  readonly clientIp?: string;
}

/** The newest exchange with the token: what this page sent, or a record of any client. */
const newest = computed(() => {
  const current = token.value;
  if (current === undefined) return undefined;
  const own = sent.value?.text === current.token ? sent.value : undefined;
  const record = records.value.find((each) => carries(each, current.token));
  if (record === undefined || (own !== undefined && isAsNew(own, record))) return own;
  return record;
});

/** Since when this page, or another client, waits for the response; undefined if none waits. */
export const waitingSinceMs = computed<number | undefined>(() => {
  if (token.value === undefined) return undefined;
  if (sending.value !== undefined) return sending.value.sinceMs;
  const current = newest.value;
  const isPending = current && 'delivery' in current && current.delivery.state === 'pending';
  return isPending ? current.receivedAtMs : undefined;
});

/** Undefined until the response is delivered or lost. */
export const shownExchange = computed<ShownExchange | undefined>(() => {
  const current = newest.value;
  if (current === undefined || waitingSinceMs.value !== undefined) return undefined;
  return 'delivery' in current ? recordedExchange(current) : current;
});

/** The answer comes before its record. */
function isAsNew({ answer }: SentExchange, record: JournalRecord): boolean {
  const ownId = answer?.requestId;
  return (
    ownId === undefined || record.id === ownId || records.value.every(({ id }) => id !== ownId)
  );
}

const FAILURES: Readonly<Partial<Record<JournalRecord['delivery']['reason'] & string, Failure>>> = {
  truncated: 'cut',
  clientClosed: 'clientClosed',
};

function recordedExchange(record: JournalRecord): ShownExchange {
  const { method, path, request, response, id: requestId, clientIp, delivery } = record;
  const { status, body } = response;
  // Only browsers send this header.
  const isOfPage = request.headers['origin'] !== undefined;
  return {
    request: { method, path, ...request },
    ...(status === null || delivery.state === 'notDelivered'
      ? { answer: undefined, failure: FAILURES[delivery.reason ?? 'reset'] ?? 'broken' }
      : { answer: { status, body, requestId } }),
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
