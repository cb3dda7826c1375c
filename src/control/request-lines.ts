/** Lists requests in the message of a failed assertion, each with the reason for its result. */
import type { Explanation, JournalPage, JournalRecord } from './api.js';
import { pathOf, type Transport } from './transport.js';

// A readable number. The journal has the rest.
const LINES_MAX = 20;
const OTHERS_MAX = 5;
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;
const COLUMN_GAP = '  ';

/** The last requests of the app. If it has none, the last ones of other apps, which may have a wrong appId. */
export async function requestLines(transport: Transport, appId: string): Promise<string> {
  const own = await lastRequests(transport, { appId, limit: LINES_MAX + 1 });
  if (own.length > 0) {
    const more = own.length > LINES_MAX ? `\n${COLUMN_GAP}… and earlier ones` : '';
    return `Requests of the app, newest first, in Beijing time by the app's clock:\n${await linesOf(transport, own.slice(0, LINES_MAX))}${more}`;
  }
  const others = await lastRequests(transport, { limit: OTHERS_MAX });
  return others.length === 0
    ? `The mock received no request. Does the code under test call ${transport.url}?`
    : `The app received no request. The last requests of other apps, newest first:\n${await linesOf(transport, others, { showAppId: true })}`;
}

async function lastRequests(
  transport: Transport,
  query: { readonly appId?: string; readonly limit: number },
): Promise<readonly JournalRecord[]> {
  const { requests } = await transport.call<JournalPage>({ method: 'GET', path: '/requests', query });
  return requests;
}

async function linesOf(
  transport: Transport,
  records: readonly JournalRecord[],
  { showAppId = false }: { readonly showAppId?: boolean } = {},
): Promise<string> {
  const lines = await Promise.all(
    records.map(async (record) => {
      const sender = showAppId ? [`appId ${JSON.stringify(record.appId)}`] : [];
      return (
        COLUMN_GAP + [...columnsOf(record), ...sender, ...(await refusalReason(transport, record))].join(COLUMN_GAP)
      );
    }),
  );
  return lines.join('\n');
}

function columnsOf({ atMs, operation, resultCode, decidedBy, outcome }: JournalRecord): readonly string[] {
  const forced = outcome === null ? [] : [`outcome ${outcome}`];
  return [beijingTime(atMs), operation, resultCode ?? 'no code', decidedBy, ...forced];
}

/** The first finding, if there is one. If the explanation fails, the line has no reason. */
async function refusalReason(transport: Transport, { id }: JournalRecord): Promise<readonly string[]> {
  try {
    const query = { lang: transport.language };
    const path = `${pathOf('requests', id)}/explanation`;
    const { findings } = await transport.call<Explanation>({ method: 'GET', path, query });
    return findings.slice(0, 1).map(({ id: finding, detail }) => `${finding}: ${detail}`);
  } catch {
    return [];
  }
}

/** `2026-11-25 12:00:00.000` */
function beijingTime(ms: number): string {
  return new Date(ms + BEIJING_OFFSET_MS).toISOString().replace('T', ' ').replace('Z', '');
}
