/** Explains a journal record. Loads the earlier requests and the other apps only if the explanation needs them. */

import { listApps } from '../../carrier/apps/apps.js';
import { journalBefore } from '../../carrier/apps/journal.js';
import type { Carrier } from '../../carrier/carrier.js';
import { type AppSettings, compileApp } from '../../carrier/engine/app-settings.js';
import { parseDraft, toRequest } from '../../carrier/engine/engine.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { exchangeOf } from '../../carrier/store/journal-exchange.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import { type EarlierRequest, type OtherApp, type Subject, type SubjectContext, subjectOf } from '../subject.js';

// Enough to show a frozen clock or a repeated token.
const EARLIER_MAX = 1000;
// A normal request is well under 1 KiB. Parsing hundreds of 64 KiB takes a quarter of a second, and finds nothing.
const EARLIER_BODY_MAX = 4096;

/**
 * Explains a record, and repeats the explanation if it needs data that is not loaded. A request without a token needs no
 * earlier requests. Only a signature of an unknown key needs the other apps, and there may be ten thousand.
 */
export async function explainRecord<T>(
  carrier: Carrier,
  record: JournalRecord,
  explain: (subject: Subject) => T,
): Promise<T> {
  const loaded: { earlier?: readonly EarlierRequest[]; otherApps?: readonly OtherApp[] } = {};
  const subject = subjectOf(
    { ...record, exchange: exchangeOf(record) },
    {
      get earlier() {
        return loaded.earlier ?? notLoaded('earlier');
      },
      get otherApps() {
        return loaded.otherApps ?? notLoaded('otherApps');
      },
    },
  );
  for (;;) {
    try {
      return explain(subject);
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      if (error.part === 'earlier') loaded.earlier = await earlierRequestsOf(carrier, record);
      else loaded.otherApps = await otherAppsOf(carrier, record);
    }
  }
}

class NotLoaded extends Error {
  readonly part: keyof SubjectContext;

  constructor(part: keyof SubjectContext) {
    super(`${part} is not loaded`);
    this.part = part;
  }
}

function notLoaded(part: keyof SubjectContext): never {
  throw new NotLoaded(part);
}

async function earlierRequestsOf(carrier: Carrier, record: JournalRecord): Promise<readonly EarlierRequest[]> {
  return (await journalBefore(carrier, record, EARLIER_MAX)).map(toEarlier);
}

async function otherAppsOf(carrier: Carrier, { appId }: JournalRecord): Promise<readonly OtherApp[]> {
  const settings = (await listApps(carrier)).map((app) => app.settings);
  return settings.filter((other) => other.appId !== appId).map(toOtherApp);
}

/** Parses the time and the msgid on access: that takes a few microseconds for each of a thousand requests. */
function toEarlier(record: JournalRecord): EarlierRequest {
  const { id, receivedAtMs, token, resultCode } = record;
  let sent: Pick<EarlierRequest, 'sentAt' | 'msgId'> | undefined;
  const read = () => {
    sent ??= sentWith(record);
    return sent;
  };
  return {
    id,
    receivedAtMs,
    token,
    resultCode,
    get sentAt() {
      return read().sentAt;
    },
    get msgId() {
      return read().msgId;
    },
  };
}

function sentWith(record: JournalRecord): Pick<EarlierRequest, 'sentAt' | 'msgId'> {
  if (record.exchange.body.length > EARLIER_BODY_MAX) return { sentAt: undefined, msgId: undefined };
  const { sentAt, msgId } = toRequest(parseDraft(exchangeOf(record)), readingsOf(record.state));
  return { sentAt, msgId };
}

/** Parses the keys on access: only a signature needs them, and ten thousand apps take seconds. */
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
