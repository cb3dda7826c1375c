/** The subject of a journal record's explanation. Loads the earlier requests and the other apps only if the request needs them. */
import { listAppsIn, type Scope } from '../../carrier/apps/apps.js';
import { findRequest, journalBefore } from '../../carrier/apps/journal.js';
import type { Carrier } from '../../carrier/carrier.js';
import { type App, compileApp } from '../../carrier/engine/app-settings.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { parseDraft, toRequest } from '../../carrier/engine/request.js';
import { load } from '../../carrier/load.js';
import { BoundedMap } from '../../carrier/store/bounded.js';
import { exchangeOf } from '../../carrier/store/journal-exchange.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import { findingsOf, isCause, neededState } from '../diagnosis.js';
import type { DetectedFinding, Role } from '../finding.js';
import { isSignedByUnknownKey } from '../sign/rsa.js';
import { type EarlierRequest, type Found, NO_CONTEXT, type Subject, subjectOf } from '../subject.js';

// A frozen clock and a repeated token show in the newest ones.
const EARLIER_MAX = 100;
// Parsing the keys of an app takes a tenth of a millisecond, and no team mixes up the keys of more apps.
const OTHER_APPS_MAX = 500;

/** The scope is that of the reader, who learns about no other apps. */
export async function subjectOfRecord(carrier: Carrier, record: JournalRecord, scope: Scope): Promise<Subject> {
  const alone = { ...subjectAlone(record), rules: carrier.settings.rules };
  const { token = '' } = alone.request;
  const subject = {
    ...alone,
    earlier: token === '' ? [] : (await journalBefore(carrier, record, EARLIER_MAX)).map(toEarlier),
    otherApps: mayBeOfOtherApp(alone) ? await otherAppsOf(carrier, record, scope) : [],
  };
  return { ...subject, found: await foundFor(carrier, subject, scope) };
}

/** With the token as if it was not used since the request. Nothing of an app that the reader may not see: its secret would be in the string to sign. */
async function foundFor(carrier: Carrier, subject: Subject, scope: Scope): Promise<Found | undefined> {
  const draft = neededState(subject);
  if (draft === undefined) return undefined;
  const isOwn = draft.appId === subject.state.app?.settings.appId;
  const isSeen = async () => (await listAppsIn(carrier, scope)).some(({ settings }) => settings.appId === draft.appId);
  if (!isOwn && !(await isSeen())) return undefined;
  const { state, nowMs } = await load(carrier, { draft, realNowMs: subject.receivedAtMs });
  const { token } = state;
  const isUsedBefore = token?.usedBy !== undefined && (await wasBefore(carrier, token.usedBy, subject));
  return {
    draft,
    state: { ...state, token: token && (isUsedBefore ? token : { ...token, usedBy: undefined }) },
    // The clock of the request's own app may have been moved since.
    atMs: isOwn ? subject.atMs : nowMs,
  };
}

/** Whether a request was before the explained one. A journal drops its oldest records first. */
async function wasBefore(carrier: Carrier, id: string, { earlier, receivedAtMs }: Subject): Promise<boolean> {
  if (earlier.some((one) => one.id === id)) return true;
  const record = await findRequest(carrier, id);
  return record === undefined || record.receivedAtMs < receivedAtMs;
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

async function otherAppsOf(carrier: Carrier, { appId }: JournalRecord, scope: Scope): Promise<readonly App[]> {
  const others = (await listAppsIn(carrier, scope)).filter(({ settings }) => settings.appId !== appId);
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
export async function namedFindingsOf(carrier: Carrier, record: JournalRecord): Promise<readonly NamedFinding[]> {
  return knownFindingsOf(carrier, record) ?? named(await findingsOfRecord(carrier, record, 'all'));
}

/** undefined if they are not computed yet. */
export function knownFindingsOf(carrier: Carrier, { id }: JournalRecord): readonly NamedFinding[] | undefined {
  return knownIn(carrier).get(id);
}

export async function findingsOfRecord(
  carrier: Carrier,
  record: JournalRecord,
  scope: Scope,
): Promise<readonly DetectedFinding[]> {
  const found = findingsOf(await subjectOfRecord(carrier, record, scope));
  knownIn(carrier).set(record.id, named(found));
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
export async function causesOf(carrier: Carrier, record: JournalRecord): Promise<readonly DetectedFinding[]> {
  return (await findingsOfRecord(carrier, record, 'all')).filter(isCause);
}

/** Remarks on an accepted request whose kinds the log does not have yet. Loads nothing. */
export function newRemarks(record: JournalRecord, known: ReadonlySet<string>): readonly DetectedFinding[] {
  return findingsOf(subjectAlone(record)).filter(({ row }) => !known.has(row.id));
}
