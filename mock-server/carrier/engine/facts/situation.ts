/** The input of all facts: the request, the state loaded for it, and the time by the app's clock. */
import { decryptPhoneNum, numberSecretOf } from '../../../../src/protocol/phone-num.js';
import { type Readings, readingsAt } from '../../../../src/protocol/readings.js';
import { fromBase64, fromHex } from '../../../../src/protocol/sign.js';
import type { App } from '../app-settings.js';
import type { CarrierRequest } from '../request.js';
import type { State } from '../state.js';

export interface Situation {
  readonly request: CarrierRequest;
  readonly state: State;
  readonly readings: Readings;
  readonly nowMs: number;
  readonly clientIp: string;
  /** The result of decryptedNumber(), once it is known. */
  decrypted?: { readonly phoneNumber: string | undefined } | undefined;
}

export function situationOf(
  request: CarrierRequest,
  state: State,
  { nowMs, clientIp }: Pick<Situation, 'nowMs' | 'clientIp'>,
): Situation {
  const readings = readingsAt(readingsOf(state), request.operation);
  return { request, state, readings, nowMs, clientIp, decrypted: undefined };
}

/** A fact is true or false for a situation. It is only evaluated if the facts before it hold. */
export type Fact = (situation: Situation) => boolean;

/**
 * The number in an encrypted phoneNum; undefined if it does not decrypt to a number. Decrypts at most once and only if
 * needed, because decryption costs ten times as much as all the rest.
 */
export function decryptedNumber(situation: Situation): string | undefined {
  situation.decrypted ??= { phoneNumber: decryptNumber(situation.request, situation.state) };
  return situation.decrypted.phoneNumber;
}

function decryptNumber(
  { operation, phoneNum, sentAt = '' }: CarrierRequest,
  { app, platformKey }: State,
): string | undefined {
  const ciphertext = app && decodeRsa(phoneNum, app);
  const secret = numberSecretOf(operation);
  if (app === undefined || ciphertext === undefined || secret === undefined) return undefined;
  return decryptPhoneNum(
    ciphertext,
    { appKey: app.settings[secret], timestamp: sentAt },
    platformKey,
  );
}

/** A signature or ciphertext of tokenValidate. */
export function decodeRsa(text: string | undefined, { settings }: App): Buffer | undefined {
  return settings.readings['verify-rsa-encoding'] === 'hex'
    ? fromHex(text ?? '')
    : fromBase64(text ?? '');
}

export function readingsOf({
  app,
  carrierReadings,
}: Pick<State, 'app' | 'carrierReadings'>): Readings {
  return app?.settings.readings ?? carrierReadings;
}
