/** The token of the handset, the request that used it, and the exchange with the carrier. */
import { effect, signal } from '@preact/signals';
import { answerOf, control } from '../api/control-client.js';
import type { MintedToken, SignedRequest } from '../api/schemas.js';
import { showOnPhone } from '../parts/panel.js';
import { exchange, type SentExchange, signedRequest } from '../state/carrier-exchange.js';
import { records } from '../state/live-requests.js';
import { choice } from './handset-choice.js';

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
  const body = { phoneNumber, operator, capability: operation } as const;
  const minted = await answerOf(control.POST('/_mock/apps/{appId}/tokens', { params: { path: { appId } }, body }));
  token.value = { ...(minted as MintedToken), appId, usedBy: null };
  sent.value = undefined;
  await prepare();
  showOnPhone('.handset-result');
}

export async function prepare(): Promise<void> {
  const current = token.value;
  if (current === undefined) return;
  const { typedNumber } = choice.value;
  const input = { operation: current.capability, token: current.token };
  const request = await signedRequest(
    current.appId,
    current.capability === 'tokenValidate' ? { ...input, phoneNumber: typedNumber } : input,
  );
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
