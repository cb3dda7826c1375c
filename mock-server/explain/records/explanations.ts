/** The subject of a journal record's explanation. Loads the earlier requests and the other apps only if the request needs them. */
import { listAppsIn, type Scope } from '../../carrier/apps/apps.js';
import { type EarlierRequests, earlierRequests, findRequest } from '../../carrier/apps/journal.js';
import type { Carrier } from '../../carrier/carrier.js';
import { type App, compileApp } from '../../carrier/engine/app-settings.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { parseDraft, toRequest } from '../../carrier/engine/request.js';
import { loadedFrom, readStored } from '../../carrier/load.js';
import { BoundedMap } from '../../carrier/store/bounded.js';
import { exchangeOf } from '../../carrier/store/journal-exchange.js';
import type { AppRecord, JournalRecord } from '../../carrier/store/state-store.js';
import { findingsOf, isCause, neededState } from '../diagnosis.js';
import type { DetectedFinding, Role } from '../finding.js';
import { isSignedByUnknownKey } from '../sign/rsa.js';
import {
  type EarlierRequest,
  type Found,
  NO_CONTEXT,
  type Subject,
  subjectOf,
} from '../subject.js';

// A frozen clock and a repeated token show in the newest ones.
const EARLIER_MAX = 100;
// Parsing the keys of an app takes a tenth of a millisecond, and no team mixes up the keys of more apps.
const OTHER_APPS_MAX = 500;

/** Loads what the explanations of several records need: each journal once, if its newest records come first, and the apps. */
export interface Context {
  readonly carrier: Carrier;
  readonly earlier: EarlierRequests;
  /** Those that the reader may see, who learns about no others. */
  readonly apps: () => Promise<readonly AppRecord[]>;
}

export function contextFor(carrier: Carrier, scope: Scope): Context {
  let apps: Promise<readonly AppRecord[]> | undefined;
  return {
    carrier,
    earlier: earlierRequests(carrier),
    apps: () => {
      apps ??= listAppsIn(carrier, scope);
      return apps;
    },
  };
}

/** The scope is that of the reader. */
export function subjectOfRecord(
  carrier: Carrier,
  record: JournalRecord,
  scope: Scope,
): Promise<Subject> {
  return subjectIn(contextFor(carrier, scope), record);
}

async function subjectIn(context: Context, record: JournalRecord): Promise<Subject> {
  const alone = { ...subjectAlone(record), rules: context.carrier.settings.rules };
  const { token = '' } = alone.request;
  const subject = {
    ...alone,
    earlier: token === '' ? [] : (await context.earlier(record, EARLIER_MAX)).map(toEarlier),
    otherApps: mayBeOfOtherApp(alone) ? await otherAppsOf(context, record) : [],
    isIssuerHidden: await isIssuerHidden(context, alone),
  };
  return { ...subject, found: await foundFor(context, { subject, record }) };
}

/** A team learns that a token is of another app, and names only its own apps. */
async function isIssuerHidden({ apps }: Context, { state: { foreignToken } }: Subject) {
  if (foreignToken === undefined) return false;
  return (await apps()).every(({ settings }) => settings.appId !== foreignToken.appId);
}

/** With the token as if it was not used since the request. Nothing of an app that the reader may not see: its secret would be in the string to sign. */
async function foundFor(
  context: Context,
  { subject, record }: { readonly subject: Subject; readonly record: JournalRecord },
): Promise<Found | undefined> {
  const { carrier, apps } = context;
  const draft = neededState(subject);
  if (draft === undefined) return undefined;
  const isOwn = draft.appId === subject.state.app?.settings.appId;
  const isSeen = async () => (await apps()).some(({ settings }) => settings.appId === draft.appId);
  if (!isOwn && !(await isSeen())) return undefined;
  const input = { draft, realNowMs: subject.receivedAtMs };
  const { state, nowMs } = loadedFrom(carrier, input, await readStored(carrier, input));
  const { token } = state;
  const isUsedBefore =
    token?.usedBy !== undefined &&
    (await wasBefore(context, token.usedBy, { record, isSameJournal: isOwn }));
  return {
    draft,
    state: { ...state, token: token && (isUsedBefore ? token : { ...token, usedBy: undefined }) },
    // The clock of the request's own app may have been moved since.
    atMs: isOwn ? subject.atMs : nowMs,
  };
}

/**
 * Whether a request was before the explained one. A journal drops its oldest records first, and has the order of requests of
 * one millisecond. Two journals have none: then the client got its answer before it sent the explained one.
 */
async function wasBefore(
  { carrier, earlier }: Context,
  id: string,
  { record, isSameJournal }: { readonly record: JournalRecord; readonly isSameJournal: boolean },
): Promise<boolean> {
  if (isSameJournal && (await earlier(record, EARLIER_MAX)).some((one) => one.id === id))
    return true;
  const user = await findRequest(carrier, id);
  if (user === undefined || user.receivedAtMs < record.receivedAtMs) return true;
  return user.receivedAtMs === record.receivedAtMs && !isSameJournal;
}

function mayBeOfOtherApp(subject: Subject): boolean {
  const { decidedBy, request, draft } = subject;
  if (decidedBy === 'appKnown' || draft.appId === undefined) return true;
  return decidedBy === 'signValid' && (request.signing !== 'rsa' || isSignedByUnknownKey(subject));
}

function subjectAlone(record: JournalRecord): Subject {
  return subjectOf({ ...record, exchange: exchangeOf(record) }, NO_CONTEXT);
}

function toEarlier(record: JournalRecord): EarlierRequest {
  const { id, receivedAtMs, token, resultCode, state } = record;
  const { sentAt, msgId } = toRequest(parseDraft(exchangeOf(record)), readingsOf(state));
  return { id, receivedAtMs, token, resultCode, sentAt, msgId };
}

async function otherAppsOf({ apps }: Context, { appId }: JournalRecord): Promise<readonly App[]> {
  const others = (await apps()).filter(({ settings }) => settings.appId !== appId);
  return others.slice(0, OTHER_APPS_MAX).map(({ settings }) => compileApp(settings));
}

// A hundred bytes each.
const KNOWN_MAX = 20_000;
const known = new WeakMap<Carrier, BoundedMap<readonly NamedFinding[]>>();

export interface NamedFinding {
  readonly id: string;
  readonly role: Role;
}

/** The ids of the findings, causes first. Computed once for each record. */
export async function namedFindingsOf(
  context: Context,
  record: JournalRecord,
): Promise<readonly NamedFinding[]> {
  return knownFindingsOf(context.carrier, record) ?? named(await findingsIn(context, record));
}

/** undefined if they are not computed yet. */
export function knownFindingsOf(
  carrier: Carrier,
  { id }: JournalRecord,
): readonly NamedFinding[] | undefined {
  return knownIn(carrier).get(id);
}

async function findingsIn(
  context: Context,
  record: JournalRecord,
): Promise<readonly DetectedFinding[]> {
  const found = findingsOf(await subjectIn(context, record));
  knownIn(context.carrier).set(record.id, named(found));
  return found;
}

function knownIn(carrier: Carrier): BoundedMap<readonly NamedFinding[]> {
  const ids = known.get(carrier) ?? new BoundedMap(KNOWN_MAX);
  known.set(carrier, ids);
  return ids;
}

function named(found: readonly DetectedFinding[]): readonly NamedFinding[] {
  return found.map(({ row: { id }, role }) => ({ id, role }));
}

/** The causes of a refusal, for the log. */
export async function causesOf(
  carrier: Carrier,
  record: JournalRecord,
): Promise<readonly DetectedFinding[]> {
  return (await findingsIn(contextFor(carrier, 'all'), record)).filter(isCause);
}

/** Remarks on an accepted request whose kinds the log does not have yet. Loads nothing; `before` is the app's last one. */
export function newRemarks(
  record: JournalRecord,
  known: ReadonlySet<string>,
  before: JournalRecord | undefined,
): readonly DetectedFinding[] {
  const earlier = before === undefined ? [] : [toEarlier(before)];
  const found = findingsOf({ ...subjectAlone(record), earlier });
  return found.filter(({ row }) => !known.has(row.id));
}
