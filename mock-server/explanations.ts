/** A journal record made ready to be explained: with the requests before it, and the other apps of today. */
import type { Carrier } from './carrier/carrier.js';
import { type AppSettings, compileApp } from './engine/app-settings.js';
import { readingsOf } from './engine/facts/situation.js';
import { parseDraft, toRequest } from './engine/parse.js';
import { type EarlierRequest, type OtherApp, type Subject, subjectOf } from './explain/subject.js';
import type { JournalRecord } from './state-store.js';
import { listApps } from './worlds/apps.js';
import { journalBefore } from './worlds/journal.js';
import { exchangeOf } from './worlds/kept-exchange.js';

// A frozen clock or a token sent again shows within the last few; reading a record's body again costs a few microseconds.
const EARLIER_MAX = 1000;
// A request is well under 1 KiB. Hundreds of 64 KiB take a quarter of a second to read, and their time is nobody's.
const EARLIER_BODY_MAX = 4096;

export async function subjectFor(carrier: Carrier, record: JournalRecord): Promise<Subject> {
  const earlier = await journalBefore(carrier, record, EARLIER_MAX);
  const otherApps = (await listApps(carrier)).map(({ settings }) => settings);
  const recorded = { ...record, exchange: exchangeOf(record) };
  return subjectOf(recorded, {
    earlier: earlier.map(toEarlier),
    otherApps: otherApps.filter(({ appId }) => appId !== record.appId).map(toOtherApp),
  });
}

function toEarlier(record: JournalRecord): EarlierRequest {
  const { id, receivedAtMs, token, resultCode, exchange, state } = record;
  const draft = exchange.body.length > EARLIER_BODY_MAX ? undefined : parseDraft(exchangeOf(record));
  const sentAt = draft && toRequest(draft, readingsOf(state)).sentAt;
  return { id, receivedAtMs, token, sentAt, resultCode };
}

/** Its keys are read when they are asked for: only a signature needs them, and ten thousand apps take seconds. */
function toOtherApp(settings: AppSettings): OtherApp {
  return {
    appId: settings.appId,
    get verifyKey() {
      return compileApp(settings).verifyKey;
    },
    get encryptKey() {
      return compileApp(settings).encryptKey;
    },
  };
}
