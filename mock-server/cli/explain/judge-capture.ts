/** Decides and explains a captured request without a server. State that the files do not contain is assumed to be valid. */
import { OPERATIONS, operationRow, operationUnder } from '../../../src/protocol/operations.js';
import { foreignPathWords } from '../../../src/protocol/other-interfaces.js';
import { decryptPhoneNum } from '../../../src/protocol/phone-num.js';
import { modulusBits, type RsaKey } from '../../../src/protocol/rsa-keys.js';
import { decryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import { fromBase64, fromHex } from '../../../src/protocol/sign.js';
import { parseTimestamp } from '../../../src/protocol/timestamp.js';
import type { Bilingual, Language } from '../../../src/text/bilingual.js';
import type { App } from '../../carrier/engine/app-settings.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { parseIpWhitelist } from '../../carrier/engine/ip-whitelist.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { callLimit } from '../../carrier/engine/quota.js';
import {
  type CarrierRequest,
  type Draft,
  type Exchange,
  parseDraft,
  toRequest,
} from '../../carrier/engine/request.js';
import type { Requirement } from '../../carrier/engine/requirements.js';
import type { State } from '../../carrier/engine/state.js';
import { issuedAtOf } from '../../carrier/engine/token-format.js';
import { decided, diagnose, findingsOf, neededState } from '../../explain/diagnosis.js';
import { type Explanation, explain } from '../../explain/explain.js';
import { type Evidence, explainsUnmet } from '../../explain/finding.js';
import { isMissing } from '../../explain/repair/missing.js';
import { type Found, type Subject, subjectOf } from '../../explain/subject.js';
import { answeredWith, type CarrierAnswer } from './answered.js';
import { shortQuote, toExchange } from './capture/capture.js';
import { chooseApp } from './files.js';
import { type CaptureData, type Inputs, type Note, notesOn, signSecretUnknown } from './notes.js';

export interface Judged {
  readonly subject: Subject;
  /** Requirements that are assumed to be met, because only the carrier can check them. */
  readonly assumedMet: readonly Requirement[];
  /** One sentence for each assumption. */
  readonly notes: readonly Bilingual[];
  /** The file omits the secret of the signature. */
  readonly signSecretUnknown: boolean;
  /** The carrier's response, if it is known. */
  readonly answered: CarrierAnswer | undefined;
  readonly explain: (language: Language) => Explanation;
}

/** Returns the reason if the address of the request is not the carrier's. */
export function judgeCapture(inputs: Inputs): Judged | Bilingual {
  const captured = toExchange(inputs.capture);
  const row = operationUnder(captured.path);
  if (row === undefined) return wrongAddress(captured.path);
  const exchange = { ...captured, row };
  const data = captureData(inputs, parseDraft({ ...exchange, clientIp: '' }));
  const notes = notesOn(data);
  const isSecretUnknown = signSecretUnknown(data) !== undefined;
  const { rules } = data.file.configuration.settings;
  const undecided = { ...subjectFor(data, exchange), rules, signSecretUnknown: isSecretUnknown };
  const undecidable = notes.flatMap((note) => note.undecidable);
  const skipped = stillUndecidable(undecided, undecidable);
  const asSent = decided({ ...undecided, skipped });
  const repaired = afterRepair(asSent, data);
  const subject = { ...asSent, found: repaired?.found };
  const skippedAfterRepair = repaired?.skipped ?? skipped;
  const ofRepair =
    repaired?.notes.filter(({ text }) => notes.every((note) => note.text.en !== text.en)) ?? [];
  return {
    subject,
    assumedMet: [...notes.flatMap(({ assumedMet }) => assumedMet), ...skipped],
    notes: [...openNotes(notes, skipped), ...openNotes(ofRepair, skippedAfterRepair)].map(
      ({ text }) => text,
    ),
    signSecretUnknown: isSecretUnknown,
    answered: data.answered,
    explain: (language) => {
      const explanation = explain(subject, language);
      return {
        ...explanation,
        findings: explanation.findings.filter((finding) => isReliable(finding, skippedAfterRepair)),
        // It would be computed with a placeholder instead of the secret.
        ...(isSecretUnknown && { expectedSign: null }),
      };
    },
  };
}

function wrongAddress(path: string): Bilingual {
  const addresses = OPERATIONS.map((row) => `POST ${row.path}`);
  const found = foreignPathWords(path);
  const en = found?.en ?? 'not an address of the carrier';
  const zh = found === undefined ? '不是移动认证平台的接口地址' : `这是${found.zh}`;
  return {
    en: `has the path ${shortQuote(path)}, which is ${en}: explain supports ${addresses.join(' and ')}`,
    zh: `的路径为 ${shortQuote(path)}，${zh}：explain 支持 ${addresses.join(' 和 ')}`,
  };
}

function captureData(inputs: Inputs, draft: Draft): CaptureData {
  const { file } = inputs;
  const chosen = chooseApp(file, draft.appId);
  const { settings } = file.configuration;
  const readings = chosen.app?.settings.readings ?? settings.readings;
  const request = toRequest(draft, readings);
  const { capture, answeredCode: code = capture.answered } = inputs;
  const atMs = capture.atMs ?? parseTimestamp(request.sentAt ?? '');
  return {
    ...inputs,
    ...chosen,
    draft,
    request,
    atMs,
    answered:
      code === undefined
        ? undefined
        : answeredWith(code, { request, readings, rules: settings.rules, atMs }),
    phoneNumSealed: !file.platformKeyGiven && isSealed(request, chosen.app, settings.platformKey),
    addressChecked: moduleOf(request.operation).checksAddress(request, {
      app: chosen.app,
      carrierReadings: settings.readings,
    }),
  };
}

/** Whether phoneNum has the length of a ciphertext, but this key cannot decrypt it. */
function isSealed(request: CarrierRequest, app: App | undefined, key: RsaKey): boolean {
  const ciphertext = ciphertextIn(request, app);
  return ciphertext?.length === modulusBits(key) / 8 && decryptPkcs1(ciphertext, key) === undefined;
}

function ciphertextIn(request: CarrierRequest, app: App | undefined): Buffer | undefined {
  if (app === undefined || request.phoneNum === undefined || request.signing !== 'rsa')
    return undefined;
  const { phoneNum = '' } = request;
  return app.settings.readings['verify-rsa-encoding'] === 'hex'
    ? fromHex(phoneNum)
    : fromBase64(phoneNum);
}

/** Without those about requirements that are decided after all. */
function openNotes(notes: readonly Note[], skipped: readonly Requirement[]): readonly Note[] {
  return notes.filter(
    ({ undecidable }) =>
      undecidable.length === 0 || skipped.some((requires) => undecidable.includes(requires)),
  );
}

interface AfterRepair {
  readonly found: Found;
  readonly skipped: readonly Requirement[];
  readonly notes: readonly Note[];
}

/** What is assumed, and what is unknown, of another app or token that the repaired request names. */
function afterRepair(subject: Subject, data: CaptureData): AfterRepair | undefined {
  const draft = neededState(subject);
  if (draft === undefined) return undefined;
  const { atMs, state } = subject;
  const chosen = chooseApp(data.file, draft.appId);
  const request = toRequest(
    draft,
    readingsOf({ app: chosen.app, carrierReadings: state.carrierReadings }),
  );
  const ofDraft = { ...data, ...chosen, draft, request };
  const notes = notesOn(ofDraft);
  const undecidable = notes.flatMap((note) => note.undecidable);
  const isSecretUnknown = signSecretUnknown(ofDraft) !== undefined;
  const foundWith = (skipped: readonly Requirement[]): Found => {
    const unknown = { skipped, signSecretUnknown: isSecretUnknown };
    return { draft, state: stateFor(ofDraft, atMs), atMs, unknown };
  };
  const { repaired } = diagnose({ ...subject, found: foundWith(undecidable) });
  const isBuilt = repaired !== undefined && !isMissing(repaired);
  const skipped = isBuilt ? stillUndecidable(repaired, undecidable) : undecidable;
  return { found: foundWith(skipped), skipped, notes };
}

/** Before the decision: resultCode and decidedBy are placeholders. */
function subjectFor(data: CaptureData, exchange: Omit<Exchange, 'clientIp'>): Subject {
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
  return subjectOf(recorded, { earlier: [], otherApps: data.otherApps });
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

/** The state is assumed to be valid: a live token, unused quota, and no test number. */
function stateFor({ app, file, request, phoneNumber, answered }: CaptureData, atMs: number): State {
  const { readings, platformKey, tokenTtlMs } = file.configuration.settings;
  const { operation, token = '', sentAt = '' } = request;
  const ciphertext = ciphertextIn(request, app);
  const fields = { appKey: app?.settings.appKey ?? '', timestamp: sentAt };
  const decrypted = ciphertext && decryptPhoneNum(ciphertext, fields, platformKey);
  // The time in the token's text, if the carrier's response can mean that the token has expired. By default it is new.
  const mayBeOld = answered?.unmet.includes('tokenLive') === true;
  const issuedAtMs = Math.min((mayBeOld ? issuedAtOf(token) : undefined) ?? atMs, atMs);
  return {
    storeUp: true,
    app,
    token: {
      phoneNumber: phoneNumber ?? decrypted ?? '<phone>',
      capability: operationRow(operation).capability,
      operator: 'mobile',
      issuedAtMs,
      expiresAtMs: issuedAtMs + (app?.settings.tokenTtlMs ?? tokenTtlMs),
      usedBy: undefined,
    },
    foreignToken: undefined,
    unmetByNumber: [],
    callLimit:
      app && callLimit(operation, { settings: app.settings, packageNumber: 0, nowMs: atMs }),
    callsUsed: 0,
    msgIdSeen: false,
    carrierReadings: readings,
    platformKey,
  };
}

/** Findings that follow only from the absence of other findings. They mean nothing if their requirement is skipped. */
const BY_ELIMINATION: ReadonlyMap<string, Requirement> = new Map([
  ['sign.no-match', 'signValid'],
  ['phone.different', 'numberMatches'],
  ['phone.key-pair', 'phoneNumReadable'],
]);
/** The findings that prove a requirement to be unmet, by the prefix of their ids. */
const PROOFS: readonly { readonly requires: Requirement; readonly group: string }[] = [
  { requires: 'signValid', group: 'sign.' },
  { requires: 'phoneNumReadable', group: 'phone.' },
  { requires: 'numberMatches', group: 'phone.' },
];

/** A signature of the wrong length is invalid with any secret. */
function isReliable(
  { id, evidence }: { readonly id: string; readonly evidence: Evidence },
  skipped: readonly Requirement[],
): boolean {
  const requires = BY_ELIMINATION.get(id);
  return requires === undefined || !skipped.includes(requires) || evidence['length'] !== undefined;
}

/** Without the requirements that a finding proves to be unmet, such as a signature made with the wrong one of two secrets. */
function stillUndecidable(
  subject: Subject,
  undecidable: readonly Requirement[],
): readonly Requirement[] {
  if (undecidable.length === 0) return undecidable;
  const reliable = findingsOf(subject).filter(
    ({ row: { id }, evidence }) =>
      evidence.acceptedBy === undefined && isReliable({ id, evidence }, undecidable),
  );
  const proven = PROOFS.filter(({ requires, group }) =>
    reliable.some(({ row }) => row.id.startsWith(group) && explainsUnmet(row, requires)),
  );
  return undecidable.filter((requires) => !proven.some((proof) => proof.requires === requires));
}
