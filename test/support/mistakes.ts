/**
 * Reads the rows of test/mistakes, and decides a row with the pure engine. A row has the request as data, as a client makes it,
 * and what the mock answers: so any transport can send it, and a repair can change it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { type AppSettings, compileApp } from '../../mock-server/carrier/engine/app-settings.js';
import { decide } from '../../mock-server/carrier/engine/decide.js';
import type { Decision } from '../../mock-server/carrier/engine/decision.js';
import { parseDraft } from '../../mock-server/carrier/engine/request.js';
import type { State, TokenRecord } from '../../mock-server/carrier/engine/state.js';
import { neededState } from '../../mock-server/explain/diagnosis.js';
import { type EarlierRequest, type Subject, subjectOf } from '../../mock-server/explain/subject.js';
import type { Requirement } from '../../src/protocol/requirements.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { pairNamed } from './calculations.js';
import {
  exchangeOf,
  foreignTokenOf,
  listsOf,
  NOW_MS,
  type Scene,
  SETTINGS,
  stateOf,
  TOKEN,
  tokenOf,
} from './engine.js';
import { TEST_KEYS } from './keys.js';
import {
  type Inputs,
  type Mode,
  modeOf,
  type RequestRow,
  requestOf,
  type Sent,
  USER_INFORMATION,
} from './mistake-request.js';

/** The settings of an app as in the control API; a key is the name of a pair in KEYS. */
export type AppRow = Partial<Omit<AppSettings, 'readings' | 'ipWhitelist'>> & {
  readonly ipWhitelist?: Partial<AppSettings['ipWhitelist']>;
  readonly readings?: Readonly<Record<string, string>>;
};

export interface MistakeRow extends RequestRow {
  readonly description: string;
  readonly mode: Mode;
  /** The server's time. By default NOW_MS of engine.ts. */
  readonly now?: string;
  readonly app?: AppRow;
  /** A second app. */
  readonly other?: AppRow;
  readonly clientIp?: string;
  /** The minted token; `of` is the app that it was minted for. */
  readonly token?: Partial<TokenRecord> & { readonly of?: 'other'; readonly ageMs?: number };
  /** State that an earlier request or a test number left. */
  readonly state?: Partial<State>;
  /** A request that the app sent before, with the same token unless its fields name another. */
  readonly earlier?: RequestRow & { readonly agoMs?: number };
  readonly expected: Expected;
}

export interface Expected {
  readonly code: string;
  readonly decidedBy: Requirement | 'allMet';
  /** The code of the same request without its causes; none for an accepted request, and if none can be built. */
  readonly next?: string;
  /** What is missing to build it. */
  readonly missing?: string;
  /** The findings in their order: those that explain the refusal, then the others. */
  readonly causes?: readonly string[];
  readonly remarks?: readonly string[];
  /** Findings that are near, and must not be among them. */
  readonly not?: readonly string[];
  /** Parts of the evidence of the first finding. */
  readonly evidence?: Readonly<Record<string, unknown>>;
  /** Parts of the evidence of another finding. */
  readonly evidenceOf?: Readonly<Record<string, unknown>> & { readonly id: string };
  /** How the detail of the first finding begins. */
  readonly detail?: Bilingual;
}

interface MistakeFile {
  readonly title: string;
  /** Rows, and what they have in common. */
  readonly groups: readonly {
    readonly all?: Partial<MistakeRow>;
    readonly rows: readonly MistakeRow[];
  }[];
}

const FOLDER = 'test/mistakes';

export interface MistakeGroup {
  readonly title: string;
  readonly rows: readonly MistakeRow[];
}

export const MISTAKES: readonly MistakeGroup[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => {
    const { title, groups } = JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as MistakeFile;
    const whole = groups.flatMap(({ all, rows }) =>
      rows.map((row) => ({ ...all, ...row, expected: { ...all?.expected, ...row.expected } })),
    );
    return { title, rows: whole };
  });

const H5_TOKEN = `H5HTTPS${'0123456789abcdef'.repeat(4)}`;

function tokenIn(mode: Mode): string {
  return mode === 'h5 RSA' ? H5_TOKEN : TOKEN;
}

function anotherIn(mode: Mode): string {
  return `${tokenIn(mode).slice(0, -1)}${mode === 'h5 RSA' ? '0' : 'Q'}`;
}

/** The input of the row's request in the pure engine. */
export function inputsOf({ mode, now }: MistakeRow): Inputs {
  const nowMs = now === undefined ? NOW_MS : Date.parse(now);
  return {
    app: { ...SETTINGS, platformPublicKey: TEST_KEYS.platform.publicKey },
    token: tokenIn(mode),
    another: anotherIn(mode),
    nowMs,
  };
}

const EARLIER_BY_MS = 2000;
const EARLIER_ID = 'abc123-earlier';

export function requestOfMistake(row: MistakeRow): Sent {
  return requestOf(row.mode, row, inputsOf(row));
}

/** Decides a request in the row's state, and returns what an explanation needs. */
export function subjectOfMistake(row: MistakeRow, sent = requestOfMistake(row)): Subject {
  const inputs = inputsOf(row);
  if (row.earlier === undefined) return subjectIn(row, sent, { atMs: inputs.nowMs });
  const { agoMs = EARLIER_BY_MS, ...request } = row.earlier;
  const atMs = inputs.nowMs - agoMs;
  const before = subjectIn(row, requestOf(row.mode, request, { ...inputs, nowMs: atMs }), { atMs });
  return subjectIn(row, sent, { atMs: inputs.nowMs, before });
}

interface Moment {
  readonly atMs: number;
  /** The earlier request, decided. */
  readonly before?: Subject;
}

function subjectIn(row: MistakeRow, sent: Sent, { atMs, before }: Moment): Subject {
  const { operation } = modeOf(row.mode);
  const { body, path, method, rawHeaders } = sent;
  const text = typeof body === 'string' ? body : body.toString('utf8');
  const exchange = exchangeOf(operation, text, {
    method,
    rawHeaders,
    path: path.replace(/\?.*/, ''),
    bodyBytes: Buffer.byteLength(body),
    ...(row.clientIp !== undefined && { clientIp: row.clientIp }),
  });
  const draft = parseDraft(exchange);
  const state = stateIn(row, draft, { atMs, ...(before && { before }) });
  const recorded = {
    exchange,
    state,
    atMs,
    receivedAtMs: atMs,
    resultCode: undefined,
    decidedBy: 'forced',
  } as const;
  const subject = subjectOf(recorded, {
    earlier:
      before === undefined
        ? []
        : [earlierOf(before, row.earlier?.fields?.['msgid'] ?? row.earlier?.fields?.['msgId'])],
    otherApps: otherAppsOf(row, draft.appId),
  });
  const decided = { ...subject, ...decisionOf(subject) };
  const needed = neededState(decided);
  const moment = { atMs, ...(before && { before }) };
  return needed === undefined
    ? decided
    : { ...decided, found: { draft: needed, state: stateIn(row, needed, moment), atMs } };
}

function decisionOf({ request, state, atMs, exchange: { clientIp } }: Subject): Decision {
  return decide(request, state, { nowMs: atMs, clientIp });
}

/** Its msgid is another one, unless the row names it. */
function earlierOf(before: Subject, named: unknown): EarlierRequest {
  const { atMs, request, resultCode } = before;
  const { token, sentAt } = request;
  const msgId = named === undefined ? 'of-the-earlier-request' : request.msgId;
  return { id: EARLIER_ID, receivedAtMs: atMs, token, sentAt, msgId, resultCode };
}

/** The apps that a reader may see, except the one of the request. */
function otherAppsOf(
  { app = {}, other }: MistakeRow,
  appId: string | undefined,
): Subject['otherApps'] {
  const compiled = (settings: AppRow) => compileApp({ ...SETTINGS, ...sceneOf(settings).settings });
  const own = appId === SETTINGS.appId ? [] : [compiled(app)];
  return other === undefined ? own : [...own, compiled({ appId: OTHER_APP_ID, ...other })];
}

const OTHER_APP_ID = foreignTokenOf('tokenValidate').appId;

/** The settings for the control API: a key's name is replaced by its public half. */
export function appSettingsOf(row: AppRow): AppRow {
  const named = Object.entries(row).map(([name, value]) =>
    typeof value === 'string' ? [name, pairNamed(value)?.publicKey ?? value] : [name, value],
  );
  const { ipWhitelist } = row;
  return {
    ...Object.fromEntries(named),
    ...(ipWhitelist && { ipWhitelist: listsOf(ipWhitelist, null) }),
  };
}

export function sceneOf(row: AppRow): Pick<Scene, 'settings' | 'readings'> {
  const { readings, ipWhitelist, ...settings } = appSettingsOf(row);
  const lists = ipWhitelist && { ipWhitelist: listsOf(ipWhitelist) };
  return {
    settings: { ...settings, ...lists },
    ...(readings && { readings: readings as Scene['readings'] & object }),
  };
}

/** What the store would load for the appid and the token of the request. */
function stateIn(
  row: MistakeRow,
  { appId, token }: ReturnType<typeof parseDraft>,
  { atMs, before }: Moment,
): State {
  const { operation } = modeOf(row.mode);
  const record = tokenRecordOf(row, atMs, before);
  const { ageMs: _, of, ...changes } = row.token ?? {};
  const base = stateOf(operation, { ...sceneOf(row.app ?? {}), token: changes, nowMs: atMs });
  const known = appId === SETTINGS.appId;
  return {
    ...base,
    app: known ? base.app : undefined,
    token: known && isMinted(row, token) && of === undefined ? record : undefined,
    foreignToken:
      isMinted(row, token) && (of !== undefined || !known)
        ? { ...foreignTokenOf(operation), record, nowMs: atMs }
        : undefined,
    callsUsed:
      before === undefined
        ? 0
        : decisionOf(before).effects.filter(({ kind }) => kind === 'countCall').length,
    ...row.state,
  };
}

function isMinted({ mode }: MistakeRow, token: string | undefined): boolean {
  return token === tokenIn(mode) || token === anotherIn(mode);
}

function tokenRecordOf(
  { mode, token = {} }: MistakeRow,
  nowMs: number,
  before: Subject | undefined,
): TokenRecord {
  const { ageMs = 1000, of: _, ...changes } = token;
  const issuedAtMs = (before?.atMs ?? nowMs) - ageMs;
  const used =
    before?.request.token === tokenIn(mode) &&
    decisionOf(before).effects.some(({ kind }) => kind === 'useToken');
  const times = {
    issuedAtMs,
    expiresAtMs: issuedAtMs + SETTINGS.tokenTtlMs,
    ...(used && { usedBy: EARLIER_ID }),
  };
  return tokenOf(modeOf(mode).operation, {
    ...times,
    userInformation: USER_INFORMATION,
    ...changes,
  });
}
