/**
 * Clients that make several mistakes of test/mistakes at once. Each sends its request to a carrier, repairs the mistakes that
 * the explanation names as causes, and sends again with what it has left, until it succeeds. So each predicted code meets
 * the code that the carrier really answers.
 */
import fc from 'fast-check';
import { createAnswer } from '../../mock-server/carrier/answer.js';
import { changeApp } from '../../mock-server/carrier/apps/apps.js';
import { findRequest } from '../../mock-server/carrier/apps/journal.js';
import { mint } from '../../mock-server/carrier/apps/mint.js';
import type { AppSettings } from '../../mock-server/carrier/engine/app-settings.js';
import type { Exchange } from '../../mock-server/carrier/engine/request.js';
import type { AppRecord } from '../../mock-server/carrier/store/state-store.js';
import { type Explanation, explain } from '../../mock-server/explain/explain.js';
import type { ShownFinding } from '../../mock-server/explain/finding.js';
import { subjectOfRecord } from '../../mock-server/explain/records/explanations.js';
import { addApp, credentialsOf, newCarrier, type TestCarrier } from './carrier.js';
import { exchangeOf, foreignTokenOf, IP, NOW_MS, PHONE_NUMBER, settingsOf } from './engine.js';
import { combined, isCombinable } from './mistake-pairs.js';
import { type Mode, modeOf, requestOf, type Sent, USER_INFORMATION } from './mistake-request.js';
import { type AppRow, inputsOf, MISTAKES, type MistakeRow, sceneOf } from './mistakes.js';

export interface Client {
  readonly mode: Mode;
  readonly mistakes: readonly MistakeRow[];
  /** Whether the carrier has a second app. */
  readonly hasOther: boolean;
}

/** A prediction, and what happened. */
export interface Prediction {
  readonly code: string;
  readonly causes: readonly string[];
  readonly predicted: string;
  readonly answered: string;
}

export interface Walk {
  readonly predictions: readonly Prediction[];
  /** What is wrong with the walk itself: a refusal whose causes name no mistake that the client has. */
  readonly stuck: string | undefined;
}

const MOCK_TOKEN = 'STsid0000001795570579000MOCK';

/** Each mistake with one cause, without which the request of its mode succeeds. Not those in state that no client can cause, and not those with the token of the pure engine. */
const SINGLE = MISTAKES.flatMap(({ rows }) => rows).filter((row) => {
  const { expected, state, now, app = {} } = row;
  const { causes = [], next, missing } = expected;
  const isRepairable = next === '000' || next === '103000' || missing !== undefined;
  const isOfClient = state === undefined && now === undefined;
  const isOtherMode =
    app.signSecret !== undefined || app.readings?.['verify-rsa-encoding'] !== undefined;
  const isForeign = missing === 'the values of your own request';
  const hasToken = JSON.stringify(row).includes(MOCK_TOKEN);
  return (
    causes.length === 1 && isRepairable && isOfClient && !isOtherMode && !isForeign && !hasToken
  );
});

const MODES = [...new Set(SINGLE.map(({ mode }) => mode))];
const TRIES = 100;

/** With one to three mistakes of different kinds. */
export function clientsOf({ seed, count }: { readonly seed: number; readonly count: number }) {
  const client = fc
    .record({
      mode: fc.constantFrom(...MODES),
      size: fc.constantFrom(1, 2, 2, 3, 3),
      hasOther: fc.boolean(),
      picks: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: TRIES, maxLength: TRIES }),
    })
    .map(({ picks, size, ...rest }): Client => {
      return { ...rest, mistakes: pickedBy(picks, { mode: rest.mode, size }) };
    });
  return fc.sample(client, { seed, numRuns: count });
}

/** Each kind is as likely as any other, whatever the number of its rows. */
function pickedBy(
  picks: readonly (readonly [kind: number, row: number])[],
  { mode, size }: { readonly mode: Mode; readonly size: number },
): readonly MistakeRow[] {
  const rows = SINGLE.filter((row) => row.mode === mode);
  const kinds = [...new Set(rows.map(kindOf))];
  const candidates = picks.flatMap(([kind, at]) => {
    const some = rows.filter((row) => kindOf(row) === kinds[kind % kinds.length]);
    return some[at % some.length] ?? [];
  });
  const picked: MistakeRow[] = [];
  for (const row of candidates) {
    const isFit = picked.every((one) => kindOf(one) !== kindOf(row) && isCombinable(one, row));
    if (isFit && picked.length < size) picked.push(row);
  }
  return picked;
}

function kindOf({ expected: { causes = [] } }: MistakeRow): string {
  return causes[0] ?? '';
}

/** A chain of repairs has one step for each mistake, and some for those that only show later. */
const STEPS_MAX = 8;

export async function walkOf(client: Client): Promise<Walk> {
  const scene = await sceneFor(client);
  const predictions: Prediction[] = [];
  let left = client.mistakes;
  let before: Explanation | undefined;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const explained = await scene.send(left);
    const answered = explained.resultCode ?? '';
    if (before !== undefined) predictions.push(...predictionOf(before, answered));
    if (explained.decidedBy === 'allMet') return { predictions, stuck: undefined };
    const causes = explained.findings.filter(({ role }) => role === 'cause');
    const kept = left.filter((row) => !isNamed(row, causes));
    if (kept.length === left.length) {
      const names = `${answered}: ${causes.map(({ id }) => id)} instead of ${left.map(kindOf)}`;
      return { predictions, stuck: names };
    }
    // What does not show in this request cannot be predicted.
    before = kept.some((row) => isLatent(row, left)) ? undefined : explained;
    await scene.repair({ from: left, to: kept, answered });
    left = kept;
  }
  return { predictions, stuck: 'without an end' };
}

function predictionOf(
  { next, resultCode, findings }: Explanation,
  answered: string,
): readonly Prediction[] {
  const causes = findings.filter(({ role }) => role === 'cause').map(({ id }) => id);
  return next === null ? [] : [{ code: resultCode ?? '', causes, predicted: next, answered }];
}

/** The general findings about a calculation name each mistake in it. */
const GENERAL: Readonly<Record<string, string>> = {
  'sign.no-match': 'sign.',
  'phone.different': 'phone.',
};

function isNamed(row: MistakeRow, causes: readonly ShownFinding[]): boolean {
  const { field } = row.expected.evidence ?? {};
  const kind = kindOf(row);
  return causes.some(({ id, evidence }) => {
    // Without its token, nothing more is known of a phoneNum.
    if (id === 'field.malformed' && evidence.field === 'phoneNum') return kind.startsWith('phone.');
    if (id === kind) return field === undefined || evidence.field === field;
    return kind.startsWith(GENERAL[id] ?? id) || id.startsWith(GENERAL[kind] ?? kind);
  });
}

interface Scene {
  /** Sends the request with these mistakes, and explains the answer. */
  readonly send: (mistakes: readonly MistakeRow[]) => Promise<Explanation>;
  readonly repair: (change: Change) => Promise<void>;
}

interface Change {
  readonly from: readonly MistakeRow[];
  readonly to: readonly MistakeRow[];
  readonly answered: string;
}

// A second try, by hand.
const BETWEEN_MS = 300;

async function sceneFor(client: Client): Promise<Scene> {
  const { mode, mistakes } = client;
  const whole = mergedOf(mode, mistakes);
  const { carrier, clock } = newCarrier({ nowMs: NOW_MS });
  const apps = await appsOf({ carrier, clock }, client);
  const { operation } = modeOf(mode);
  const mintFor = async (app: AppRecord, changes: object = {}) => {
    const own = { capability: operation, phoneNumber: PHONE_NUMBER };
    const input = { ...own, userInformation: USER_INFORMATION, ...changes };
    const minted = await mint(carrier, app, input);
    return minted === 'exists' ? '' : (minted[0]?.token ?? '');
  };
  const { of, ...minting } = whole.token ?? {};
  let token = await mintFor((of && apps.other) ?? apps.own, minting);
  const another = await mintFor(apps.own);
  const answer = createAnswer(carrier);
  const deliver = async (row: Partial<MistakeRow>) => {
    const app = credentialsOf(apps.own, carrier);
    const sent = requestOf(mode, row, { app, token, another, nowMs: clock.nowMs });
    const reply = await answer(exchangeOf(operation, String(sent.body), exchangeWith(sent, row)));
    return reply.requestId ?? '';
  };
  if (whole.earlier !== undefined) {
    await deliver(whole.earlier);
    clock.nowMs += whole.earlier.agoMs ?? BETWEEN_MS;
  }
  return {
    send: async (left) => {
      clock.nowMs += BETWEEN_MS;
      const record = await findRequest(carrier, await deliver(mergedOf(mode, left)));
      if (record === undefined) throw new Error('The journal has no record of the request');
      return explain(await subjectOfRecord(carrier, record, 'all'), 'en');
    },
    repair: async ({ from, to, answered }) => {
      const repaired = from.filter((row) => !to.includes(row));
      if (repaired.some(isOfPortal)) await apps.set(mergedOf(mode, to).app);
      const isSpent = answered === '001' || repaired.some(({ token, earlier }) => token ?? earlier);
      if (isSpent) token = await mintFor(apps.own, mergedOf(mode, to).token);
    },
  };
}

async function appsOf(
  { carrier }: TestCarrier,
  { mode, mistakes, hasOther }: Client,
): Promise<Apps> {
  const whole = mergedOf(mode, mistakes);
  const set = (settings: AppSettings) =>
    changeApp(carrier, settings.appId, (record) => ({ ...record, settings }));
  const create = async (settings: AppSettings) => {
    const { shortId } = await addApp(carrier, { appId: settings.appId });
    const record = await set(settings);
    if (record === undefined) throw new Error(`The app with ${shortId} is gone`);
    return record;
  };
  const { appId } = foreignTokenOf(modeOf(mode).operation);
  const isTwo = hasOther || whole.other !== undefined;
  return {
    own: await create(settingsOf(sceneOf(whole.app ?? {}))),
    other: isTwo
      ? await create(settingsOf(sceneOf({ ...OTHER_APP, appId, ...whole.other })))
      : undefined,
    // The interpretations are the carrier's, so no client repairs them.
    set: async (row) => {
      await set(settingsOf(sceneOf({ ...row, readings: whole.app?.readings ?? {} })));
    },
  };
}

interface Apps {
  readonly own: AppRecord;
  readonly other: AppRecord | undefined;
  /** Changes the settings of the client's own app. */
  readonly set: (row?: AppRow) => Promise<void>;
}

const OTHER_APP: AppRow = {
  appKey: '0D6B1F4C9E8A4F7392B5C0E1A7D3846F',
  appSecret: '94F1C7A05B2E4D6883E0B7D9A1C5F236',
  appVerifyKey: null,
  appEncryptKey: null,
};

function exchangeWith(
  { method, path, rawHeaders, body }: Sent,
  { clientIp = IP }: Partial<MistakeRow>,
): Partial<Exchange> {
  return {
    method,
    path: path.replace(/\?.*/, ''),
    // HTTP has no white space around the value of a header.
    rawHeaders: rawHeaders.map((text) => text.trim()),
    bodyBytes: Buffer.byteLength(body),
    clientIp,
  };
}

function mergedOf(mode: Mode, rows: readonly MistakeRow[]): MistakeRow {
  const none: MistakeRow = { description: '', mode, expected: { code: '', decidedBy: 'allMet' } };
  return rows.reduce(combined, none);
}

/** Whether the mistake is one in the settings of the app, which a person repairs at the portal. */
function isOfPortal({ expected: { causes = [] } }: MistakeRow): boolean {
  return causes.some((id) => /^(?:ip|calls|capability)\.|\.key-not-registered$/.test(id));
}

/** Whether a mistake in the signature does not change this request: what it is about is absent, or has another form. */
function isLatent(row: MistakeRow, sent: readonly MistakeRow[]): boolean {
  const textOf = (rows: readonly MistakeRow[]) => {
    const { body, rawHeaders } = requestOf(row.mode, mergedOf(row.mode, rows), inputsOf(row));
    return JSON.stringify([String(body), rawHeaders]);
  };
  return row.sign !== undefined && textOf(sent) === textOf(sent.filter((one) => one !== row));
}
