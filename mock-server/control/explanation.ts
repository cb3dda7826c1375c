/** /_mock/requests/:id/explanation: why a request was answered as it was. */
import { type Request, Router } from 'express';
import type { Carrier } from '../carrier.js';
import { compileApp } from '../engine/app-settings.js';
import { readingsOf } from '../engine/facts/situation.js';
import { parseDraft, toRequest } from '../engine/request.js';
import { explain } from '../explain/explain.js';
import { LANGUAGES, type Language } from '../explain/finding.js';
import { type EarlierRequest, type OtherApp, type Subject, subjectOf } from '../explain/subject.js';
import type { JournalRecord } from '../state-store.js';
import { listApps } from '../worlds/apps.js';
import { findRequest, journalBefore } from './journal.js';
import { invalid, unknownRequest } from './problem.js';
import { textQuery } from './query.js';

// A frozen clock or a token sent again shows within the last few; reading a record's body again costs a few microseconds.
const EARLIER_MAX = 1000;

export function explanationRoutes(carrier: Carrier): Router {
  const routes = Router();

  routes.get('/requests/:id/explanation', async (req, res) => {
    const language = languageQuery(req);
    const record = await findRequest(carrier, req.params.id);
    const subject = record && (await subjectFor(carrier, record));
    if (subject === undefined) throw unknownRequest(req.params.id);
    res.json({ requestId: req.params.id, ...explain(subject, language) });
  });

  return routes;
}

function languageQuery(req: Request): Language {
  const value = textQuery(req, 'lang') ?? 'en';
  const language = LANGUAGES.find((known) => known === value);
  if (language !== undefined) return language;
  throw invalid({ pointer: '/lang', detail: `must be one of "en", "zh", found ${JSON.stringify(value)}` });
}

/** A journal record with what surrounds it today: the requests before it, and the other apps. */
export async function subjectFor(carrier: Carrier, record: JournalRecord): Promise<Subject | undefined> {
  const earlier = await journalBefore(carrier, record, EARLIER_MAX);
  const otherApps = (await listApps(carrier)).map(({ settings }) => settings);
  return subjectOf(record, {
    earlier: earlier.map(toEarlier),
    otherApps: otherApps.filter(({ appId }) => appId !== record.appId).map(toOtherApp),
  });
}

function toEarlier({ id, receivedAtMs, token, resultCode, exchange, state }: JournalRecord): EarlierRequest {
  const draft = parseDraft(exchange);
  const sentAt = draft && toRequest(draft, readingsOf(state)).sentAt;
  return { id, receivedAtMs, token, sentAt, resultCode };
}

function toOtherApp(settings: Parameters<typeof compileApp>[0]): OtherApp {
  const { verifyKey, encryptKey } = compileApp(settings);
  return { appId: settings.appId, verifyKey, encryptKey };
}
