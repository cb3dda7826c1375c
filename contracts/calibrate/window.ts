/** How far a request's time may be off, where the carrier sets a window: found between the usual widths. */
import { durationToMs } from '../sign/time.js';
import type { Finding } from './judge.js';
import { REASONS } from './reasons.js';

const USUAL = [
  '1m',
  '2m',
  '3m',
  '5m',
  '10m',
  '15m',
  '20m',
  '30m',
  '1h',
  '2h',
  '6h',
  '8h',
  '12h',
  '24h',
  '3d',
  '7d',
  '30d',
];
/** The clocks of two machines, and the time that a request takes. */
const MARGIN_MS = 15_000;

/** Whether a time that is off by this long is taken; undefined if the answers do not say. */
export type IsTaken = (offsetMs: number) => Promise<boolean | undefined>;

/** Evidence is the caller's. */
export async function windowOf(isTaken: IsTaken): Promise<Finding | undefined> {
  const width = await widestTaken(isTaken);
  if (width === undefined) return undefined;
  if (width.text === undefined) return open(REASONS.windowBetween(secondsText(0), secondsText(width.next ?? 0)));
  const [inside, outside] = [width.ms - MARGIN_MS, width.ms + MARGIN_MS];
  const beyond = await isTaken(-outside);
  if (beyond === undefined) return undefined;
  if (beyond)
    return open(REASONS.windowBetween(secondsText(outside), secondsText(width.next ?? Number.POSITIVE_INFINITY)));
  const [ahead, tooFarAhead] = [await isTaken(inside), await isTaken(outside)];
  if (ahead === undefined || tooFarAhead === undefined) return undefined;
  if (!ahead || tooFarAhead) return open(REASONS.windowAskew());
  return { options: [`window:${width.text}`], evidence: [] };
}

interface Width {
  /** Undefined if even the narrowest is refused. */
  readonly text: string | undefined;
  readonly ms: number;
  /** Seen to be refused: less than the next wider one. */
  readonly next: number | undefined;
}

/** By halves: what is taken at a width is taken at every smaller one. */
async function widestTaken(isTaken: IsTaken): Promise<Width | undefined> {
  let [low, high] = [-1, USUAL.length];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const taken = await isTaken(-(durationToMs(USUAL[middle] ?? '0s') - MARGIN_MS));
    if (taken === undefined) return undefined;
    [low, high] = taken ? [middle, high] : [low, middle];
  }
  const [text, next] = [USUAL[low], USUAL[high]];
  return { text, ms: msOf(text) ?? 0, next: next === undefined ? undefined : (msOf(next) ?? 0) - MARGIN_MS };
}

function msOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : durationToMs(text);
}

function open(reason: ReturnType<typeof REASONS.windowAskew>): Finding {
  return { open: reason, evidence: [], liveHelps: false };
}

function secondsText(ms: number): string {
  return Number.isFinite(ms) ? `${ms / 1000} s` : '∞';
}
