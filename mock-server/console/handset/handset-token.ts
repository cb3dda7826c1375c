/** The token that the handset got, what became of it, and the exchange that was made with it. */
import { effect, signal } from '@preact/signals';
import { answerOf, control } from '../api/control-client.js';
import type { MintedToken, SignedRequest } from '../api/schemas.js';
import { showOnPhone } from '../parts/show-on-phone.js';
import { exchange, type SentExchange, signedRequest } from '../state/carrier-exchange.js';
import { records } from '../state/live-requests.js';
import { choice } from './handset-choice.js';

export interface HandsetToken extends MintedToken {
  readonly appId: string;
  readonly usedBy: string | null;
}

export const token = signal<HandsetToken | undefined>(undefined);
export const sent = signal<SentExchange | undefined>(undefined);
/** A script can make the carrier take its time. */
export const isSending = signal(false);
/** Rightly signed, for those who want to see it before it is sent. */
export const prepared = signal<SignedRequest | undefined>(undefined);

/** What the SDK in the phone does when the user taps. */
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
  const held = token.value;
  if (held === undefined) return;
  const { askedNumber } = choice.value;
  const input = { operation: held.capability, token: held.token };
  const made = await signedRequest(
    held.appId,
    held.capability === 'tokenValidate' ? { ...input, phoneNumber: askedNumber } : input,
  );
  // While one is made another number may have been typed, or another token got: answers can overtake each other.
  if (token.value?.token === held.token && choice.value.askedNumber === askedNumber) prepared.value = made;
}

/** Signed anew: the time in a request is the time that it is sent at. */
export async function send(): Promise<void> {
  isSending.value = true;
  try {
    await prepare();
    if (prepared.value !== undefined) sent.value = await exchange(prepared.value);
  } finally {
    isSending.value = false;
  }
}

/** Sent from here or by another client: a charged request has used its token up. */
effect(() => {
  const held = token.value;
  if (held === undefined || held.usedBy !== null) return;
  const usedBy = records.value.find(({ charged, request }) => charged && request.body.includes(held.token));
  if (usedBy !== undefined) token.value = { ...held, usedBy: usedBy.id };
});

/** Another phone, app or operation has another token. */
export function forget(): void {
  token.value = undefined;
  sent.value = undefined;
  prepared.value = undefined;
}
