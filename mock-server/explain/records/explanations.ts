/** A journal record explained: with the requests before it and the other apps of today, if an explanation needs them. */

import { listApps } from '../../carrier/apps/apps.js';
import { journalBefore } from '../../carrier/apps/journal.js';
import { exchangeOf } from '../../carrier/apps/kept-exchange.js';
import type { Carrier } from '../../carrier/carrier.js';
import { type AppSettings, compileApp } from '../../carrier/engine/app-settings.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { parseDraft, toRequest } from '../../carrier/engine/parse.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import { type EarlierRequest, type OtherApp, type Subject, type Surroundings, subjectOf } from '../subject.js';

// A frozen clock or a token sent again shows within the last few.
const EARLIER_MAX = 1000;
// A request is well under 1 KiB. Hundreds of 64 KiB take a quarter of a second to read, and their time is nobody's.
const EARLIER_BODY_MAX = 4096;

/**
 * Explains a record, again if the explanation asks for what has not been loaded: a request without a token needs no
 * earlier ones, and only a signature of an unknown key needs the other apps, of which there may be ten thousand.
 */
export async function explained<T>(
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
      if (error.part === 'earlier') loaded.earlier = await earlierThan(carrier, record);
      else loaded.otherApps = await appsBeside(carrier, record);
    }
  }
}

class NotLoaded extends Error {
  readonly part: keyof Surroundings;

  constructor(part: keyof Surroundings) {
    super(`${part} is not loaded`);
    this.part = part;
  }
}

function notLoaded(part: keyof Surroundings): never {
  throw new NotLoaded(part);
}

async function earlierThan(carrier: Carrier, record: JournalRecord): Promise<readonly EarlierRequest[]> {
  return (await journalBefore(carrier, record, EARLIER_MAX)).map(toEarlier);
}

async function appsBeside(carrier: Carrier, { appId }: JournalRecord): Promise<readonly OtherApp[]> {
  const settings = (await listApps(carrier)).map((app) => app.settings);
  return settings.filter((other) => other.appId !== appId).map(toOtherApp);
}

/** Its time and msgid are read when they are asked for: a few microseconds, for each of a thousand. */
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
