/** The subject of a journal record's explanation. Loads the earlier requests and the other apps only if the request needs them. */
import { listApps } from '../../carrier/apps/apps.js';
import { journalBefore } from '../../carrier/apps/journal.js';
import type { Carrier } from '../../carrier/carrier.js';
import { compileApp } from '../../carrier/engine/app-settings.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { parseDraft, toRequest } from '../../carrier/engine/request.js';
import { exchangeOf } from '../../carrier/store/journal-exchange.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import type { DetectedFinding } from '../finding.js';
import { findingsOf, isCause } from '../findings.js';
import { isSignedByUnknownKey } from '../sign/rsa.js';
import { type EarlierRequest, NO_CONTEXT, type OtherApp, type Subject, subjectOf } from '../subject.js';

// A frozen clock and a repeated token show in the newest ones.
const EARLIER_MAX = 100;
// Parsing the keys of an app takes a tenth of a millisecond, and no team mixes up the keys of more apps.
const OTHER_APPS_MAX = 500;

export async function subjectOfRecord(carrier: Carrier, record: JournalRecord): Promise<Subject> {
  const alone = subjectAlone(record);
  const hasToken = (alone.request.token ?? '') !== '';
  return {
    ...alone,
    rules: carrier.settings.rules,
    earlier: hasToken ? (await journalBefore(carrier, record, EARLIER_MAX)).map(toEarlier) : [],
    otherApps: isSignedByUnknownKey(alone) ? await otherAppsOf(carrier, record) : [],
  };
}

function subjectAlone(record: JournalRecord): Subject {
  return subjectOf({ ...record, exchange: exchangeOf(record) }, NO_CONTEXT);
}

function toEarlier(record: JournalRecord): EarlierRequest {
  const { id, receivedAtMs, token, resultCode, state } = record;
  const { sentAt, msgId } = toRequest(parseDraft(exchangeOf(record)), readingsOf(state));
  return { id, receivedAtMs, token, resultCode, sentAt, msgId };
}

async function otherAppsOf(carrier: Carrier, { appId }: JournalRecord): Promise<readonly OtherApp[]> {
  const others = (await listApps(carrier)).filter(({ settings }) => settings.appId !== appId);
  return others.slice(0, OTHER_APPS_MAX).map(({ settings }) => {
    const { verifyKey, encryptKey } = compileApp(settings);
    return { appId: settings.appId, verifyKey, encryptKey };
  });
}

/** The causes of a refusal, for the log. */
export async function causesOf(carrier: Carrier, record: JournalRecord): Promise<readonly DetectedFinding[]> {
  return findingsOf(await subjectOfRecord(carrier, record)).filter(isCause);
}

/** Remarks on an accepted request whose kinds the log does not have yet. Loads nothing. */
export function newRemarks(record: JournalRecord, known: ReadonlySet<string>): readonly DetectedFinding[] {
  return findingsOf(subjectAlone(record)).filter(({ row }) => !known.has(row.id));
}
