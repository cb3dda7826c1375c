/** The choices of the handset, its token, and the exchange with the carrier. The address has the choices and the token: everything shown belongs to it, so that a link opens the same handset. */
import { computed, effect, signal, untracked } from '@preact/signals';
import type { JournalRecord, Token } from '../../../src/control/api.js';
import { ControlError } from '../../../src/control/errors.js';
import { t } from '../messages/message.js';
import { showOnPhone } from '../parts/panel.js';
import type { Sending } from '../parts/send-button.js';
import { appNowMs, selectedAppId, signedRequest } from '../state/app-state.js';
import { exchange, type Failure, requestOf, type SentExchange } from '../state/carrier.js';
import { appChange, connection, records } from '../state/live-requests.js';
import { callOf, mint } from '../state/mock.js';
import { notifyDone, notifyUnloaded } from '../state/notices.js';
import { FIRST_OPERATION, OPERATIONS, sendsNumber } from '../state/operations.js';
import { place, replacePlace } from '../state/place.js';
import { apps, subscribers } from '../state/server-data.js';

const isShown = computed(() => place.value.view === 'handset');

export const choice = computed(() => {
  const { parameters } = place.value;
  const phoneNumber = parameters['number'] ?? subscribers.value?.[0]?.phoneNumber ?? '';
  const subscriber = subscribers.value?.find((row) => row.phoneNumber === phoneNumber);
  const operation = OPERATIONS.find((name) => name === parameters['operation']) ?? FIRST_OPERATION;
  return {
    /** Undefined while the server has no app. */
    appId: selectedAppId.value,
    operation,
    /** The SIM card's number. */
    phoneNumber,
    operator: subscriber?.operator ?? 'mobile',
    /** The configuration file's script for the number. */
    configured: subscriber?.outcomes[operation],
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
  const found = await callOf(appId)('GET /tokens/:token', { token: text }).catch(noneIfRefused);
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
  load(appId, text).catch(notifyUnloaded);
});

/** Does what the phone's SDK does when the user taps. */
export async function tap(): Promise<void> {
  const { appId, operation, phoneNumber, operator } = choice.value;
  if (appId === undefined) return;
  const minted = await mint(appId, { phoneNumber, operator, capability: operation });
  loaded.value = { text: minted.token, found: { ...minted, appId, usedBy: null } };
  choose({ token: minted.token });
  showOnPhone('.sequence');
}

export const sending = signal<Sending | undefined>(undefined);

/** A request belongs to its token: with another one, it is cancelled. */
effect(() => {
  void tokenText.value;
  return () => untracked(() => sending.value?.cancel());
});

/** Sends the correctly signed request with the token. Its record shows the result. */
export async function send(stopped: AbortSignal): Promise<void> {
  const current = token.value;
  if (current === undefined) return;
  const { appId, capability: operation } = current;
  const number = sendsNumber(operation) && { phoneNumber: choice.value.typedNumber };
  const request = await signedRequest(appId, { operation, token: current.token, ...number });
  const { failure } = await exchange(request, stopped);
  if (failure !== undefined) notifyDone(t(`handset.${failure}`), 'refused');
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

/** The newest request with the token, of any client. */
const newest = computed(() => {
  const text = token.value?.token;
  return text === undefined ? undefined : records.value.find((record) => carries(record, text));
});

/** Since when this page, or another client, waits for the response; undefined if none waits. */
export const waitingSinceMs = computed(() => {
  const pending = newest.value?.delivery.state === 'pending' ? newest.value : undefined;
  return sending.value?.sinceMs ?? pending?.receivedAtMs;
});

export interface ShownExchange extends SentExchange {
  /** The client that sent it; absent if a page of the console did. */
  readonly clientIp?: string;
}

/** Undefined until the response is delivered or lost. */
export const shownExchange = computed(() => {
  const isEnded = newest.value !== undefined && waitingSinceMs.value === undefined;
  return isEnded ? recordedExchange(newest.value) : undefined;
});

const FAILURES: Readonly<Partial<Record<JournalRecord['delivery']['reason'] & string, Failure>>> = {
  truncated: 'cut',
  clientClosed: 'clientClosed',
};

function recordedExchange(record: JournalRecord): ShownExchange {
  const { request, response, id: requestId, clientIp, delivery } = record;
  const { status, body } = response;
  // Only browsers send this header.
  const isOfPage = request.headers['origin'] !== undefined;
  return {
    request: requestOf(record),
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
