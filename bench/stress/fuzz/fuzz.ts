/** Sends invalid requests and random bytes to both operations. Every response must be documented. */
import fc from 'fast-check';
import { RESULT_CODES } from '../../../contracts/index.js';
import { type Replies, sendBytes } from '../client.js';
import {
  inParallel,
  PROBLEMS_MAX,
  type StageInput,
  type StageOutcome,
  startTarget,
  watchHeap,
} from '../stage.js';
import { judge } from './judge.js';
import { type Fuzzed, PLANS } from './requests.js';
import { FUZZ_CONFIGURATION, prepareScene } from './scene.js';

const AT_ONCE = 32;
// Each round starts with the same state of the apps.
const ROUND = 5_000;
// With fewer requests, some codes may not occur.
const ALL_CODES_FROM = 50_000;

export async function fuzz({
  size,
  seed,
  only,
  progress,
  enough,
}: StageInput): Promise<StageOutcome> {
  const target = await startTarget(FUZZ_CONFIGURATION);
  const { url } = target;
  const counts = new Map<string, number>();
  const problems: string[] = [];

  const sendOne = async ({ bytes, expected }: Fuzzed, index: number): Promise<Replies> => {
    const replies = await sendBytes(url, bytes, expected.kind !== 'bytes').catch((error) => ({
      replies: [],
      rest: String(error),
    }));
    const problem = judge(expected, replies);
    const repeat = `npm run stress -- fuzz --seed ${seed} --only ${index}`;
    if (problem !== undefined) problems.push(`${problem}\n  ${repeat}`);
    const [reply] = replies.replies;
    const key =
      expected.kind === 'carrier'
        ? codeOf(expected.operation, reply)
        : `${expected.kind} ${reply?.status}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return replies;
  };

  try {
    const heap = watchHeap(target, size);
    let done = only === undefined ? 0 : only - (only % ROUND);
    const end = only === undefined ? size : done + 1;
    while (
      done < end &&
      problems.length < PROBLEMS_MAX &&
      target.complaints.length === 0 &&
      !enough.aborted
    ) {
      const scene = await prepareScene(url, ROUND);
      const sampled = fc.sample(PLANS, { seed: seed + done, numRuns: ROUND });
      const from = done;
      const fuzzedAt = (at: number) => sampled[at]?.({ scene, index: from + at });
      if (only !== undefined)
        return await shown(fuzzedAt(only % ROUND), (fuzzed) => sendOne(fuzzed, only), problems);
      await inParallel({ count: Math.min(ROUND, size - done), atOnce: AT_ONCE }, async (at) => {
        const fuzzed = fuzzedAt(at);
        if (fuzzed !== undefined) await sendOne(fuzzed, from + at);
      });
      done += ROUND;
      await heap.at(done);
      progress(`${done} requests, ${problems.length} problems`);
    }
    const sorted = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const codes = size >= ALL_CODES_FROM && !enough.aborted ? RESULT_CODES : [];
    const unreached = codes
      .map(({ operation, resultCode }) => `${operation} ${resultCode}`)
      .flatMap((key) => (counts.has(key) ? [] : [`no request reached ${key}`]));
    return {
      figures: [...sorted.map(([key, times]) => [key, `${times}`] as const), heap.figure()],
      problems: [...problems, ...unreached, ...heap.problems(), ...target.complaints],
    };
  } finally {
    await target.stop();
  }
}

function codeOf(operation: string, reply: Replies['replies'][number] | undefined): string {
  const isForced = reply?.headers.get('x-mock-decided-by') === 'forced';
  return `${operation} ${isForced ? 'forced' : (/"resultCode":"(\w*)"/.exec(reply?.body ?? '')?.[1] ?? 'none')}`;
}

async function shown(
  fuzzed: Fuzzed | undefined,
  send: (fuzzed: Fuzzed) => Promise<Replies>,
  problems: readonly string[],
): Promise<StageOutcome> {
  if (fuzzed === undefined) return { figures: [], problems };
  const { replies, rest } = await send(fuzzed);
  const answer = replies.map(({ status, body }) => `${status} ${body}`).join('\n') + rest;
  return {
    figures: [
      ['request', fuzzed.bytes.toString('latin1')],
      ['response', answer],
    ],
    problems,
  };
}
