/** Repeats attacks that once exhausted the server, with a small heap. No valid request fails, and all memory is freed after the attacks. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectTo, overConnections } from './client.js';
import { control, mintTokens } from './control.js';
import { unfreedProblems, untilFreed } from './freed-resources.js';
import { codeOf, LOAD_APP, loadBytes, SUCCESS } from './load.js';
import { type Figure, megabytes } from './memory.js';
import { withRedis } from './redis.js';
import type { StageInput, StageOutcome } from './stage.js';
import { startTarget, type Target } from './target.js';
import { SHAPES } from './worst-shapes.js';

const HEAP_MEBIBYTES = 256;
// The limit of all journals is lower than the sum of their own limits.
const LIMITS = { journalRecordsMax: 1_000, journalRecordsTotalMax: 1_500 };
const JOURNAL_BYTES_MAX = LIMITS.journalRecordsTotalMax * 32 * 1024;
// The maximum ratio of the heap to the limit.
const HEAP_TO_BOUND_MAX = 1.3;
const APPS = ['a', 'b', 'c', 'd'];
const OPERATION = 'loginTokenValidate';
const PATH = '/unisdk/rsapi/loginTokenValidate';
const CONNECTIONS = 4;
const GOOD_REQUESTS = 20;
// They fit into one packet, so the server reads them together.
const PIPELINED = 200;
const LISTENERS = 90;
const READ_WAIT_MS = 20;
// As JSON, the requests need several times this limit of the Redis.
const REDIS_MEBIBYTES = 48;
const REDIS_REQUESTS = 400;

const CONFIGURATION = {
  apps: [LOAD_APP, ...APPS.map((appId) => ({ appId, appKey: 'key', appSecret: 'secret' }))],
};

const scripted = (outcome: string) =>
  `POST ${PATH} HTTP/1.1\r\nHost: a\r\nX-Mock-Outcome: ${outcome}\r\nContent-Length: 2\r\n\r\n{}`;
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;

const EXPECTATION = 'GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n';
const LARGE_HEAD = `POST ${PATH} HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(15_000)}\r\nContent-Length: 0\r\n\r\n`;
const CHUNKED_HEAD = `POST ${PATH} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`;
const CHUNKED_BODY = `${CHUNKED_HEAD}${'1\r\nx\r\n'.repeat(16_000)}0\r\n\r\n`;

/** The bytes that a connection writes before it is closed. */
const ATTACKS = [
  { name: 'pipelined hangs', bytes: scripted('hang').repeat(PIPELINED) },
  { name: 'pipelined delays of an hour', bytes: scripted('delay(1h) pass').repeat(PIPELINED) },
  { name: 'hangs', bytes: scripted('hang') },
  { name: 'expectations after a hang', bytes: scripted('hang') + EXPECTATION.repeat(20 * PIPELINED) },
  { name: 'large headers after a hang', bytes: scripted('hang') + LARGE_HEAD.repeat(15) },
  { name: 'bodies of one-byte chunks', bytes: CHUNKED_HEAD + '1\r\nx\r\n'.repeat(60_000) },
  { name: 'waiting bodies of one-byte chunks', bytes: scripted('hang') + CHUNKED_BODY.repeat(14) },
  { name: 'pipelined event streams', bytes: get('/_mock/events').repeat(PIPELINED) },
  { name: 'event streams', bytes: get('/_mock/events') },
  { name: 'unread pages of the journal', bytes: get('/_mock/requests?limit=1000').repeat(4) },
];

interface Run extends Pick<StageInput, 'size' | 'progress' | 'enough'> {
  readonly problems: string[];
  readonly figures: Figure[];
}

/** `size` is the number of connections of each attack. */
export async function attack({ size, progress, enough }: StageInput): Promise<StageOutcome> {
  const run = { size, progress, enough, problems: [], figures: [] };
  await inMemory(run);
  if (!enough.aborted) await overRedis(run);
  return run;
}

async function inMemory({ size, progress, enough, problems, figures }: Run): Promise<void> {
  const target = await startTarget({
    configuration: { ...CONFIGURATION, limits: LIMITS },
    heapMebibytes: HEAP_MEBIBYTES,
  });
  try {
    await sendGoodRequests(target, problems);
    const empty = await target.held();
    for (const { shape, bytesOf } of SHAPES) {
      if (enough.aborted) break;
      progress(`journals full of ${shape}`);
      await fillJournals(target.url, bytesOf);
      const kept = (await target.held()).heapBytes - empty.heapBytes;
      const ratio = (kept / JOURNAL_BYTES_MAX).toFixed(2);
      figures.push([`ratio of the heap to the limit of all journals, full of ${shape}`, ratio]);
      if (Number(ratio) > HEAP_TO_BOUND_MAX) problems.push(`journals full of ${shape} need ${megabytes(kept)}`);
      await sendGoodRequests(target, problems);
    }
    const before = await target.held();
    for (const { name, bytes } of ATTACKS) {
      if (enough.aborted) break;
      progress(name);
      await openAndCloseConnections(target.url, { bytes, connections: size });
      await sendGoodRequests(target, problems);
    }
    await openListeners(target.url, problems);
    const after = await untilFreed(target, before);
    problems.push(...unfreedProblems(before, after));
    figures.push(
      ['connections of each attack', String(size)],
      ['descriptors before and after', `${before.descriptors}, ${after.descriptors}`],
      ['heap before and after', `${megabytes(before.heapBytes)}, ${megabytes(after.heapBytes)}`],
    );
  } finally {
    problems.push(...target.complaints());
    await target.stop();
  }
}

/** Sends 1.5 times the limit, so that the oldest records are dropped. */
async function fillJournals(url: string, bytesOf: (appId: string) => Buffer): Promise<void> {
  const count = Math.ceil(1.5 * LIMITS.journalRecordsTotalMax);
  await overConnections(url, { count, connections: CONNECTIONS }, async (index, connection) => {
    await connection.send(bytesOf(APPS[index % APPS.length] ?? ''));
  });
}

/** Valid logins, independent of the attack. */
async function sendGoodRequests({ url }: Target, problems: string[]): Promise<void> {
  const minted = await mintTokens(url, LOAD_APP.appId, { count: GOOD_REQUESTS });
  await overConnections(url, { count: GOOD_REQUESTS, connections: 1 }, async (index, connection) => {
    const bytes = loadBytes({ operation: OPERATION, token: minted[index]?.token ?? '' });
    const code = await connection.send(bytes).then(codeOf, String);
    if (code !== SUCCESS[OPERATION]) problems.push(`a valid request got ${code}`);
  });
}

/** Each connection writes, waits, and closes without reading. Twelve are open at a time. */
async function openAndCloseConnections(
  url: string,
  { bytes, connections }: { readonly bytes: string; readonly connections: number },
): Promise<void> {
  let remaining = connections;
  const one = async () => {
    for (; remaining > 0; remaining -= 1) {
      const socket = connectTo(url).on('error', () => undefined);
      const closed = once(socket, 'close');
      socket.pause();
      socket.write(bytes);
      await sleep(READ_WAIT_MS);
      socket.destroy();
      await closed;
    }
  };
  await Promise.all(Array.from({ length: 12 }, one));
}

/** Opens almost as many listeners as allowed. The attackers' listeners must be gone. */
async function openListeners(url: string, problems: string[]): Promise<void> {
  const away = new AbortController();
  const statuses = await Promise.all(
    Array.from({ length: LISTENERS }, async () => (await fetch(`${url}/_mock/events`, { signal: away.signal })).status),
  );
  away.abort();
  const refused = statuses.filter((status) => status !== 200).length;
  if (refused > 0) problems.push(`${refused} of ${LISTENERS} listeners were refused`);
}

/** Fills a Redis many times over with control characters, which are long in JSON. */
async function overRedis({ progress, problems, figures }: Run): Promise<void> {
  const outcome = await withRedis({ maxMebibytes: REDIS_MEBIBYTES }, async (store) => {
    progress('a Redis full of journals');
    const target = await startTarget({ configuration: CONFIGURATION, heapMebibytes: HEAP_MEBIBYTES, store });
    try {
      const shape = SHAPES.find(({ shape: name }) => name === 'control characters');
      await overConnections(target.url, { count: REDIS_REQUESTS, connections: 2 }, async (index, connection) => {
        await connection.send(shape?.bytesOf(APPS[index % APPS.length] ?? '') ?? Buffer.alloc(0));
      });
      await sendGoodRequests(target, problems);
      await control(target.url, 'GET', '/health');
    } catch (error) {
      problems.push(`over Redis: ${error}`);
    } finally {
      await target.stop();
    }
    return `${REDIS_REQUESTS} requests, then good ones`;
  });
  figures.push([
    `a Redis of ${REDIS_MEBIBYTES} MiB, filled many times over`,
    outcome ?? 'redis-server is not installed',
  ]);
}
