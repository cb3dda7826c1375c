/** The subject of a captured request. State that the files do not contain is assumed to be valid. */
import { operationRow } from '../../../src/protocol/operations.js';
import { decryptPhoneNum, numberSecretOf } from '../../../src/protocol/phone-num.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import { parseTimestamp } from '../../../src/protocol/timestamp.js';
import { parseIpWhitelist } from '../../carrier/engine/ip-whitelist.js';
import { callLimit } from '../../carrier/engine/quota.js';
import type { Exchange } from '../../carrier/engine/request.js';
import type { State, TokenRecord } from '../../carrier/engine/state.js';
import { issuedAtOf } from '../../carrier/engine/token-format.js';
import { type Subject, subjectOf } from '../../explain/subject.js';
import { type CaptureData, ciphertextIn } from './capture-data.js';

/** Before the decision: resultCode and decidedBy are placeholders. */
export function assumedSubject(data: CaptureData, exchange: Omit<Exchange, 'clientIp'>): Subject {
  // The time can be in a field with another name.
  const times = (exchange.body.match(/\b\d{17}\b/g) ?? []).map(parseTimestamp);
  const atMs = data.atMs ?? times.find((ms) => ms !== undefined) ?? data.nowMs;
  const recorded = {
    exchange: { ...exchange, clientIp: clientIpOf(data) },
    state: stateFor(data, atMs),
    atMs,
    receivedAtMs: atMs,
    resultCode: undefined,
    decidedBy: 'allMet',
  } as const;
  const { rules } = data.file.configuration.settings;
  return { ...subjectOf(recorded, { earlier: [], otherApps: data.otherApps }), rules };
}

/** The address of --client-ip, else of the capture, else one on the whitelist. */
function clientIpOf({ clientIp, capture, app, request }: CaptureData): string {
  const address = clientIp ?? capture.clientIp;
  if (address !== undefined) return address;
  const list = app?.settings.ipWhitelist[request.operation] ?? null;
  if (list === null) return '127.0.0.1';
  const [first] = parseIpWhitelist(list).flatMap(({ admits }) => admits ?? []);
  if (first === undefined) return '';
  return first.kind === 'single' ? first.ip : `${first.network}${first.first}`;
}

/** A live token, unused quota, and no test number. */
export function stateFor(data: CaptureData, atMs: number): State {
  const { app, file, request } = data;
  const { readings, platformKey } = file.configuration.settings;
  const quota = app && { settings: app.settings, packageNumber: 0, nowMs: atMs };
  return {
    storeUp: true,
    app,
    token: tokenFor(data, atMs),
    foreignToken: undefined,
    unmetByNumber: [],
    callLimit: quota && callLimit(request.operation, quota),
    callsUsed: 0,
    msgIdSeen: false,
    carrierReadings: readings,
    platformKey,
  };
}

function tokenFor(data: CaptureData, atMs: number): TokenRecord {
  const { app, file, request, phoneNumber } = data;
  const { tokenTtlMs } = app?.settings ?? file.configuration.settings;
  const issuedAtMs = Math.min(oldIssueOf(data) ?? atMs, atMs);
  return {
    phoneNumber: phoneNumber ?? decryptedNumber(data) ?? '<phone>',
    capability: operationRow(request.operation).capability,
    operator: 'mobile',
    issuedAtMs,
    expiresAtMs: issuedAtMs + tokenTtlMs,
    usedBy: mayBe('tokenUnused', data) ? data.capture.tokenUsedBy : undefined,
  };
}

/** The time in the token's text, if the carrier's response can mean that the token has expired. By default it is new. */
function oldIssueOf(data: CaptureData): number | undefined {
  return mayBe('tokenLive', data) ? issuedAtOf(data.request.token ?? '') : undefined;
}

/** Whether the carrier's response can mean that a requirement is not met. */
function mayBe(requires: Requirement, { answered }: CaptureData): boolean {
  return answered?.unmet.includes(requires) === true;
}

function decryptedNumber({ app, file, request }: CaptureData): string | undefined {
  const ciphertext = ciphertextIn(request, app);
  const secret = numberSecretOf(request.operation);
  if (app === undefined || ciphertext === undefined || secret === undefined) return undefined;
  const fields = { appKey: app.settings[secret], timestamp: request.sentAt ?? '' };
  return decryptPhoneNum(ciphertext, fields, file.configuration.settings.platformKey);
}
