/** A million live tokens: their memory, the cost of an exchange, which tokens are dropped, and how long snapshots and resets block. */
import { overConnections } from './client.js';
import { control, type MintedToken, mintTokens } from './control.js';
import { codeOf, LOAD_APP, loadBytes, SUCCESS } from './load.js';
import { type Figure, medianOf, megabytes } from './memory.js';
import { type Random, randomAt } from './random.js';
import type { StageInput, StageOutcome } from './stage.js';
import { type Blocked, startTarget, type Target } from './target.js';

// The maximum of one call of the control API.
const AT_ONCE = 100_000;
const FEW = 1_000;
const BURST = 1_000;
// After these rounds, V8 has compiled the code.
const WARM_UP_ROUNDS = 4;
const ROUNDS = 9;
const CONNECTIONS = 4;
const DEPTH = 8;
const { appId } = LOAD_APP;
const OPERATION = 'loginTokenValidate';

export async function tokens({ size, seed, progress }: StageInput): Promise<StageOutcome> {
  const configuration = { apps: [LOAD_APP], limits: { tokensMax: size } };
  const many = await startTarget({ configuration });
  const few = await startTarget({ configuration: { apps: [LOAD_APP], limits: { tokensMax: FEW } } });
  try {
    const problems: string[] = [];
    const before = await many.held();
    const { minted, blocked } = await mintAll(many, size, progress);
    const held = await many.held();
    const random = randomAt(seed);
    const unused = shuffledTokens(minted, random);
    progress('exchanges');
    const ratios = await compare({ many, few, unused, problems });
    problems.push(...(await roomProblems(many, minted)));
    progress('copies and resets');
    const blocks = await blockFigures(many, unused.at(-1) ?? '', problems);
    return {
      figures: [
        ['heap before, and with all tokens', `${megabytes(before.heapBytes)}, ${megabytes(held.heapBytes)}`],
        ['heap a token', `${Math.round((held.heapBytes - before.heapBytes) / size)} bytes`],
        ['CPU of an exchange, ratio to one with 1 000 tokens', ratios.toFixed(2)],
        [`longest block of the event loop while ${Math.min(size, AT_ONCE)} are issued`, shown(blocked)],
        ...blocks,
      ],
      problems: [...problems, ...many.complaints(), ...few.complaints()],
    };
  } finally {
    await Promise.all([many.stop(), few.stop()]);
  }
}

async function mintAll(target: Target, size: number, progress: StageInput['progress']) {
  const minted: MintedToken[] = [];
  let blocked: Blocked = { longestMs: 0, cpuMs: 0 };
  while (minted.length < size) {
    const count = Math.min(AT_ONCE, size - minted.length);
    const mint = async () => {
      for (const token of await mintTokens(target.url, appId, { count })) minted.push(token);
    };
    blocked = await target.blocked(mint);
    progress(`${minted.length} tokens`);
  }
  return { minted, blocked };
}

function shuffledTokens(minted: readonly MintedToken[], random: Random): string[] {
  // Without the oldest, which later tokens replace.
  const texts = minted.slice(BURST).map(({ token }) => token);
  const count = Math.min(texts.length, (WARM_UP_ROUNDS + ROUNDS) * BURST + 1);
  for (let at = 0; at < count; at += 1) {
    const other = at + random.below(texts.length - at);
    [texts[at], texts[other]] = [texts[other] ?? '', texts[at] ?? ''];
  }
  return texts.slice(0, count);
}

interface Comparison {
  readonly many: Target;
  readonly few: Target;
  readonly unused: string[];
  readonly problems: string[];
}

/** Sends bursts to both servers in turn. Returns the median ratio of their CPU times. */
async function compare({ many, few, unused, problems }: Comparison): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS && unused.length > BURST; round += 1) {
    const fresh = await mintTokens(few.url, appId, { count: BURST });
    const amongFew = await burstCost(
      few,
      fresh.map(({ token }) => token),
      problems,
    );
    const amongMany = await burstCost(many, unused.splice(0, BURST), problems);
    if (round >= WARM_UP_ROUNDS) ratios.push(amongMany / amongFew);
  }
  return medianOf(ratios);
}

async function burstCost(target: Target, presented: readonly string[], problems: string[]): Promise<number> {
  const bodies = presented.map((token) => loadBytes({ operation: OPERATION, token }));
  const before = await target.cpu();
  const share = { count: bodies.length, connections: CONNECTIONS, depth: DEPTH };
  await overConnections(target.url, share, async (index, connection) => {
    const code = await connection.send(bodies[index] ?? Buffer.alloc(0)).then(codeOf, String);
    if (code !== SUCCESS[OPERATION]) problems.push(`a live token got ${code}`);
  });
  return (await target.cpu()) - before;
}

/** Beyond the limit, only the oldest tokens are dropped. */
async function roomProblems({ url }: Target, minted: readonly MintedToken[]): Promise<readonly string[]> {
  const more = Math.min(BURST, minted.length - 1);
  await mintTokens(url, appId, { count: more });
  const rows = [
    { token: minted[0], expected: 404 },
    { token: minted[more - 1], expected: 404 },
    { token: minted[more], expected: 200 },
    { token: minted.at(-1), expected: 200 },
  ];
  const problems: string[] = [];
  for (const { token, expected } of rows) {
    const { status } = await fetch(`${url}/_mock/apps/${appId}/tokens/${token?.token}`);
    if (status !== expected)
      problems.push(`${more} tokens beyond the limit: expected ${expected} for a token, found ${status}`);
  }
  return problems;
}

async function blockFigures(target: Target, live: string, problems: string[]): Promise<readonly Figure[]> {
  const { url } = target;
  let id = '';
  const saved = await target.blocked(async () => {
    id = (await control<{ readonly id: string }>(url, 'POST', `/apps/${appId}/snapshots`)).id;
  });
  const reset = await target.blocked(() => control(url, 'POST', `/apps/${appId}/reset`));
  await expectToken({ url, live, expected: 404, after: 'a reset' }, problems);
  const restored = await target.blocked(() => control(url, 'POST', `/apps/${appId}/snapshots/${id}/restore`));
  await expectToken({ url, live, expected: 200, after: 'a restore' }, problems);
  return [
    ['longest block of the event loop for a snapshot of all tokens', shown(saved)],
    ['for restoring it', shown(restored)],
    ['for a reset', shown(reset)],
  ];
}

function shown({ longestMs, cpuMs }: Blocked): string {
  return `${longestMs.toFixed(0)} ms (CPU ${cpuMs.toFixed(0)} ms)`;
}

async function expectToken(
  {
    url,
    live,
    expected,
    after,
  }: { readonly url: string; readonly live: string; readonly expected: number; readonly after: string },
  problems: string[],
): Promise<void> {
  const { status } = await fetch(`${url}/_mock/apps/${appId}/tokens/${live}`);
  if (status !== expected) problems.push(`after ${after}: expected ${expected} for a token, found ${status}`);
}
