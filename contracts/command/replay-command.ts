/** `contract replay`: checks captured requests with the consumer suite's checks of requests. */

import { type Language, LIST_COMMA, listed } from '../../src/text/bilingual.js';
import { OPERATIONS } from '../kit/operations.js';
import { usage } from '../kit/usage.js';
import { type Credentials, readCredentials } from '../replay/credentials.js';
import {
  REPLAY_ROWS as CHECKS,
  type NamedRequest,
  type Replayed,
  runReplay,
  sentRequest,
} from '../replay/run-replay.js';
import { COMMON_ROWS, type KitRows, readFlagsAndFiles } from './flags.js';
import type { Kit } from './kit.js';
import { selectionOf } from './listing.js';
import { prepareReports } from './reports.js';

export const REPLAY_ROWS = {
  app: {
    flag: 'app',
    value: 'file',
    isRepeated: true,
    help: {
      en: 'the app with the credentials for `sign` and phoneNum, in the format of POST /_mock/apps (JSON); by default CMPASSPORT_APP_ID, _APP_SECRET, _APP_KEY, _APP_SIGN_KEY',
      zh: '应用，用它的凭据核对 sign 和 phoneNum：POST /_mock/apps 的请求体或响应（JSON）；默认用 CMPASSPORT_APP_ID、_APP_SECRET、_APP_KEY、_APP_SIGN_KEY',
    },
  },
  phoneNumber: {
    flag: 'phone',
    value: 'number',
    isRepeated: true,
    help: {
      en: 'the phone number in phoneNum; by default CMPASSPORT_PHONE',
      zh: 'phoneNum 里的手机号码；默认用 CMPASSPORT_PHONE',
    },
  },
  ...COMMON_ROWS,
} as const satisfies KitRows;

/** Returns the exit status. */
export async function replay(args: readonly string[], kit: Kit): Promise<number> {
  const { values, positionals: files } = readFlagsAndFiles('contract replay', {
    rows: REPLAY_ROWS,
    args,
  });
  const { app: file, phoneNumber, lang = kit.language } = values;
  const selection = selectionOf(CHECKS, values, kit);
  if (selection === undefined) return 0;
  if (files.length === 0) throw usage('replay.no-file');
  const { credentials, ...hidden } = readCredentials({
    file,
    phoneNumber,
    env: kit.env,
  });
  const captured = await requestsIn(files, kit, lang);
  const sent = sentIn(captured, credentials);
  const checks = selection.rows.filter(({ operation }) =>
    sent.some((one) => one.operation === operation),
  );
  if (checks.length === 0) throw usage('replay.no-check');
  const reports = prepareReports(values, kit, {
    suite: 'replay',
    flags: REPLAY_ROWS,
    subject: filesText(files, { sent: sent.length, captured: captured.length }, lang),
    count: checks.length,
    files,
    hidden: () => hidden,
  });
  const [number] = hidden.phoneNumbers;
  reports.begin();
  // In the order of sending, if the time of every request is known.
  const isTimed = sent.every(({ atMs }) => atMs !== undefined);
  const inOrder = isTimed ? sent.toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0)) : sent;
  const results = await runReplay(inOrder, {
    checks,
    explain: ({ captured: request, app }) =>
      kit.explainCaptured(request, { app, phoneNumber: number, lang }),
  });
  for (const result of results) reports.onResult(result);
  return reports.finish(results);
}

/** Requests to other addresses are ignored. Throws a UsageError if there are no others. */
function sentIn(captured: readonly NamedRequest[], credentials: Credentials): readonly Replayed[] {
  const sent = captured
    .map((one) => sentRequest(one, credentials))
    .filter((one) => one !== undefined);
  if (sent.length > 0) return sent;
  const [path] = captured.flatMap((one) => one.path ?? []);
  const found = `${captured.length}${path === undefined ? '' : ` (${path})`}`;
  throw usage('replay.no-request', { operations: listed(OPERATIONS), found });
}

/** The names of the files, and how many of their requests are checked. */
function filesText(
  files: readonly string[],
  { sent, captured }: { readonly sent: number; readonly captured: number },
  lang: Language,
): string {
  const names = files.map((file) => nameOf(file, lang)).join(LIST_COMMA[lang]);
  if (sent === captured) return names;
  const share = {
    en: ` (${sent} of ${captured} requests go to the carrier)`,
    zh: `（${captured} 个请求中有 ${sent} 个发往移动认证平台）`,
  };
  return `${names}${share[lang]}`;
}

function nameOf(file: string, lang: Language): string {
  return file === '-' ? { en: 'standard input', zh: '标准输入' }[lang] : file;
}

async function requestsIn(
  files: readonly string[],
  kit: Kit,
  lang: Language,
): Promise<readonly NamedRequest[]> {
  const all: NamedRequest[] = [];
  for (const file of files) {
    const read = await kit.readCaptures(file);
    if ('en' in read) throw usage('replay.capture', { mistake: read });
    const source = nameOf(file, lang);
    const numbered = (at: number) =>
      ({ en: `${source}, request ${at}`, zh: `${source} 第 ${at} 个请求` })[lang];
    for (const [at, one] of read.entries()) {
      all.push({ ...one, name: read.length === 1 ? source : numbered(at + 1) });
    }
  }
  return all;
}
