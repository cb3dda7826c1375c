/** The data of a captured request, from the capture, the file of the app and the flags. */

import { signingOf } from '../../../src/protocol/fields.js';
import { modulusBits, type RsaKey } from '../../../src/protocol/rsa-keys.js';
import { decryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import { fromBase64, fromHex } from '../../../src/protocol/sign.js';
import { signSecretOf } from '../../../src/protocol/signature.js';
import { MINUTE_MS, parseTimestamp } from '../../../src/protocol/timestamp.js';
import type { App } from '../../carrier/engine/app-settings.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { type CarrierRequest, type Draft, toRequest } from '../../carrier/engine/request.js';
import { issuedAtOf } from '../../carrier/engine/token-format.js';
import { isMasked } from '../../explain/masked-values.js';
import { type AnswerInputs, answeredWith, type CarrierAnswer } from './answered.js';
import type { Capture } from './capture/capture.js';
import { type AppFile, type ChosenApp, chooseApp } from './files.js';

export interface Inputs {
  readonly capture: Capture;
  readonly file: AppFile;
  readonly clientIp: string | undefined;
  readonly phoneNumber: string | undefined;
  /** The result code of --answered; undefined for that of the capture. */
  readonly answeredCode?: string | undefined;
  readonly nowMs: number;
}

export interface CaptureData extends Inputs, ChosenApp {
  readonly draft: Draft;
  readonly request: CarrierRequest;
  /** The time of the request, from the capture, from its token or from the request itself. */
  readonly atMs: number | undefined;
  /** Whether that time is the issue of the token, which the time of the request contradicts. */
  readonly isTimeOfToken: boolean;
  readonly answered: CarrierAnswer | undefined;
  /** With keyType 1: whether phoneNum was encrypted for another key. */
  readonly phoneNumSealed: boolean;
  /** Whether the client address is checked against a whitelist. */
  readonly addressChecked: boolean;
}

export function captureData(inputs: Inputs, draft: Draft): CaptureData {
  const { file, capture } = inputs;
  const chosen = chooseApp(file, draft.appId);
  const { app } = chosen;
  const { settings } = file.configuration;
  const readings = app?.settings.readings ?? settings.readings;
  const request = toRequest(draft, readings);
  const issuedAtMs = capture.atMs === undefined ? issueAfterSending(request) : undefined;
  const atMs = capture.atMs ?? issuedAtMs ?? parseTimestamp(request.sentAt ?? '');
  const state = { app, carrierReadings: settings.readings };
  return {
    ...inputs,
    ...chosen,
    draft,
    request,
    atMs,
    isTimeOfToken: issuedAtMs !== undefined,
    answered: answerTo(inputs, { request, readings, rules: settings.rules, atMs }),
    phoneNumSealed: !file.platformKeyGiven && isSealed(request, app, settings.platformKey),
    addressChecked: moduleOf(request.operation).checksAddress(request, state),
  };
}

// Clocks of a phone, a carrier and a server differ by less.
const CLOCKS_DIFFER_MS = 2 * MINUTE_MS;

/** The issue of the token, if it is after the time in the request: a request cannot be older than its token. */
function issueAfterSending({ token = '', sentAt = '' }: CarrierRequest): number | undefined {
  const sentAtMs = parseTimestamp(sentAt);
  const issuedAtMs = issuedAtOf(token);
  if (sentAtMs === undefined || issuedAtMs === undefined) return undefined;
  return issuedAtMs - sentAtMs > CLOCKS_DIFFER_MS ? issuedAtMs : undefined;
}

/** Whether a value that is signed is masked. */
export function isSignedValueMasked({ request, app }: CaptureData): boolean {
  if (app === undefined) return false;
  const { fields } = signingOf(request.operation, request.signing);
  return fields.some((name) => isMasked(request[name]));
}

/** The carrier's response by --answered, else by the capture. */
function answerTo(
  { answeredCode, capture }: Inputs,
  inputs: AnswerInputs,
): CarrierAnswer | undefined {
  const code = answeredCode ?? capture.answered;
  return code === undefined ? undefined : answeredWith(code, inputs);
}

/** Whether phoneNum has the length of a ciphertext, but this key cannot decrypt it. */
function isSealed(request: CarrierRequest, app: App | undefined, key: RsaKey): boolean {
  const ciphertext = ciphertextIn(request, app);
  return ciphertext?.length === modulusBits(key) / 8 && decryptPkcs1(ciphertext, key) === undefined;
}

export function ciphertextIn(request: CarrierRequest, app: App | undefined): Buffer | undefined {
  const { phoneNum, signing } = request;
  if (app === undefined || phoneNum === undefined || signing !== 'rsa') return undefined;
  return app.settings.readings['verify-rsa-encoding'] === 'hex'
    ? fromHex(phoneNum)
    : fromBase64(phoneNum);
}

/** The secret of the signature, if the file omits it. */
export function signSecretUnknown({ app, request, unknownSecrets }: CaptureData) {
  if (app === undefined || request.signing === 'rsa') return undefined;
  const secret = signSecretOf(request.operation, app.settings);
  return secret !== undefined && unknownSecrets.includes(secret) ? secret : undefined;
}
