/** Sends invalid requests and random bytes to both operations and the control API. Every response must be documented. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RESULT_CODES } from '../../../contracts/index.js';
import { curlOf } from '../../../contracts/report/curl-command.js';
import { type Connection, overConnections, sendAlone } from '../client.js';
import { control } from '../control.js';
import { memoryFigures, memoryProblems, watchMemory } from '../memory.js';
import { type Random, randomAt } from '../random.js';
import type { Reply } from '../replies.js';
import type { StageInput, StageOutcome } from '../stage.js';
import { startTarget, type Target } from '../target.js';
import { spoiledBytes } from './byte-requests.js';
import { carrierRequest } from './carrier-requests.js';
import {
  type Call,
  type ControlSource,
  callsIn,
  controlRequest,
  type OpenapiDocument,
  strayRequest,
} from './control-requests.js';
import { bytesOf, type Fuzzed } from './fuzzed.js';
import { createJudge, type Judge } from './judge.js';
import { FUZZ_CONFIGURATION, prepareScene, type Scene } from './scene.js';

const CONNECTIONS = 4;
const DEPTH = 8;
// Each round starts with the same state of the apps.
const ROUND = 5_000;
const SAMPLES = 100;
const PROBLEMS_MAX = 20;
const RECENT_IDS = 64;
// With fewer requests, some codes may not occur.
const ALL_CODES_FROM = 20_000;

export interface FuzzInput extends StageInput {
  /** Sends only the request with this index, and prints its response. */
  readonly only?: number | undefined;
}

interface Run {
  readonly target: Target;
  readonly judge: Judge;
  readonly source: ControlSource;
  readonly requestIds: string[];
  readonly counts: Map<string, number>;
  readonly problems: string[];
  readonly seed: number;
}

export async function fuzz({ size, seed, only, progress, enough }: FuzzInput): Promise<StageOutcome> {
  const target = await startTarget({ configuration: FUZZ_CONFIGURATION });
  try {
    const run = await startRun(target, seed);
    if (only !== undefined) return await again(run, only);
    const memory = watchMemory(target, { total: size, parts: SAMPLES });
    await memory.at(0);
    let done = 0;
    while (done < size) {
      const from = done;
      const round = Math.min(ROUND, size - from);
      const scene = await prepareScene(target.url, round);
      await overConnections(target.url, { count: round, connections: CONNECTIONS, depth: DEPTH }, (at, connection) =>
        sendOne(run, fuzzedAt(run, scene, from + at), connection),
      );
      done += round;
      await memory.at(done);
      progress(`${done} requests, ${run.problems.length} problems`);
      if (enough.aborted || target.complaints().length > 0 || run.problems.length >= PROBLEMS_MAX) break;
    }
    const unreached = size >= ALL_CODES_FROM ? codesNotIn(run.counts) : [];
    return {
      figures: [['requests', String(done)], ...countFigures(run.counts), ...memoryFigures(memory.samples)],
      problems: [
        ...run.problems,
        ...target.complaints(),
        ...unreached.map((code) => `no request reached ${code}`),
        ...memoryProblems(memory.samples),
      ],
    };
  } finally {
    await target.stop();
  }
}

async function startRun(target: Target, seed: number): Promise<Run> {
  const document = await control<OpenapiDocument>(target.url, 'GET', '/openapi.json');
  const calls: readonly Call[] = callsIn(document);
  const requestIds: string[] = [];
  const source = { document, calls, requestIds };
  return { target, judge: createJudge(document, calls), source, requestIds, counts: new Map(), problems: [], seed };
}

/** Depends only on seed and index, except for tokens and ids, which the server generates. */
export function fuzzedAt({ source, seed }: Pick<Run, 'source' | 'seed'>, scene: Scene, index: number): Fuzzed {
  const random = randomAt(seed, index);
  const kind = random.below(100);
  if (kind < 10) return controlFuzzed(source, index, random);
  if (kind < 12) {
    const wire = strayRequest(random);
    return { index, wire, bytes: bytesOf(wire), expected: { kind: 'stray' } };
  }
  const { operation, wire, misuse } = carrierRequest(scene, index, random);
  if (kind < 22) return { index, wire: undefined, bytes: spoiledBytes(wire, random), expected: { kind: 'bytes' } };
  return { index, wire, bytes: bytesOf(wire), expected: { kind: 'carrier', operation, misuse } };
}

function controlFuzzed(source: ControlSource, index: number, random: Random): Fuzzed {
  const { operationId, wire } = controlRequest(source, random);
  return { index, wire, bytes: bytesOf(wire), expected: { kind: 'control', operationId } };
}

async function sendOne(run: Run, fuzzed: Fuzzed, connection: Connection): Promise<void> {
  const { bytes, expected } = fuzzed;
  try {
    if (expected.kind === 'bytes') {
      const alone = await sendAlone(run.target.url, bytes);
      count(run, 'bytes', alone.replies.map(({ status }) => status).join(' and ') || 'no response');
      note(run, fuzzed, run.judge.ofBytes(alone));
      return;
    }
    const reply = isLast(fuzzed) ? await onlyReply(run, bytes) : await connection.send(bytes);
    remember(run, fuzzed, reply);
    note(run, fuzzed, run.judge.ofReply(expected, reply));
  } catch (error) {
    note(run, fuzzed, error instanceof Error ? error.message : String(error));
  }
}

/** Returns true if the server closes the connection after the response, so that no other request may use it. */
function isLast({ wire }: Fuzzed): boolean {
  return wire?.headers.some(([name]) => name === 'connection') === true;
}

async function onlyReply({ target }: Run, bytes: Buffer): Promise<Reply> {
  const { replies, rest } = await sendAlone(target.url, bytes);
  const [reply] = replies;
  if (reply === undefined || replies.length > 1 || rest !== '')
    throw new Error(`expected one response, found ${replies.length}`);
  return reply;
}

function remember(run: Run, { expected }: Fuzzed, { status, headers, body }: Reply): void {
  if (expected.kind !== 'carrier' || status !== 200) {
    count(run, expected.kind, String(status));
    return;
  }
  const [, code = 'none'] = /"resultCode":"(\w*)"/.exec(body) ?? [];
  const forced = headers.get('x-mock-decided-by') === 'forced';
  count(run, expected.operation, forced ? 'forced' : code);
  const id = headers.get('x-mock-request-id');
  if (id !== undefined) run.requestIds.push(id);
  if (run.requestIds.length > RECENT_IDS) run.requestIds.shift();
}

function count({ counts }: Run, kind: string, what: string): void {
  const key = `${kind} ${what}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function note(run: Run, { index, bytes, wire }: Fuzzed, problem: string | undefined): void {
  if (problem === undefined || run.problems.length >= PROBLEMS_MAX) return;
  const file = join(mkdtempSync(join(tmpdir(), 'cmpassport-mock-fuzz-')), `${run.seed}-${index}.http`);
  writeFileSync(file, bytes);
  const { hostname, port } = new URL(run.target.url);
  const curl = wire === undefined ? '' : `\n  ${curlOf(run.target.url, wire).slice(0, 2000)}`;
  run.problems.push(
    `seed ${run.seed} index ${index}: ${problem}\n  npm run stress -- fuzz --seed ${run.seed} --only ${index}\n  nc ${hostname} ${port} <${file}${curl}`,
  );
}

/** Sends one request of a run again, and returns the response. */
async function again(run: Run, index: number): Promise<StageOutcome> {
  const scene = await prepareScene(run.target.url, ROUND);
  const fuzzed = fuzzedAt(run, scene, index);
  const { replies, rest } = await sendAlone(run.target.url, fuzzed.bytes);
  const problem =
    fuzzed.expected.kind === 'bytes'
      ? run.judge.ofBytes({ replies, rest })
      : replies[0] && run.judge.ofReply(fuzzed.expected, replies[0]);
  note(run, fuzzed, problem);
  const shown = replies.map(({ status, body }) => `${status} ${body}`).join('\n');
  return {
    figures: [
      ['request', fuzzed.bytes.toString('latin1')],
      ['response', shown + rest],
    ],
    problems: [...run.problems, ...run.target.complaints()],
  };
}

function codesNotIn(counts: ReadonlyMap<string, number>): readonly string[] {
  const keys = RESULT_CODES.map(({ operation, resultCode }) => `${operation} ${resultCode}`);
  return keys.filter((key) => !counts.has(key));
}

function countFigures(counts: ReadonlyMap<string, number>): StageOutcome['figures'] {
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, times]) => [key, String(times)]);
}
