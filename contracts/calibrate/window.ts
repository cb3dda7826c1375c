/** Finds the width of a carrier's time window among the usual widths. */
import { durationToMs } from '../kit/time.js';
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
/** Covers the difference between two clocks and the duration of a request. */
const MARGIN_MS = 15_000;

/** Whether a time with this offset is accepted; undefined if the responses do not show it. */
export type IsAccepted = (offsetMs: number) => Promise<boolean | undefined>;

/** The evidence is added by the caller. */
export async function windowOf(isAccepted: IsAccepted): Promise<Finding | undefined> {
  const width = await widestAccepted(isAccepted);
  if (width === undefined) return undefined;
  if (width.text === undefined) return notSettled(REASONS.windowBetween(secondsText(0), secondsText(width.next ?? 0)));
  const [inside, outside] = [width.ms - MARGIN_MS, width.ms + MARGIN_MS];
  const beyond = await isAccepted(-outside);
  if (beyond === undefined) return undefined;
  if (beyond)
    return notSettled(REASONS.windowBetween(secondsText(outside), secondsText(width.next ?? Number.POSITIVE_INFINITY)));
  const [ahead, tooFarAhead] = [await isAccepted(inside), await isAccepted(outside)];
  if (ahead === undefined || tooFarAhead === undefined) return undefined;
  if (!ahead || tooFarAhead) return notSettled(REASONS.windowAskew());
  return { options: [`window:${width.text}`], evidence: [] };
}

interface Width {
  /** Undefined if the narrowest width is refused. */
  readonly text: string | undefined;
  readonly ms: number;
  /** The smallest offset that was refused. */
  readonly next: number | undefined;
}

/** A binary search: if an offset is accepted, every smaller one is accepted too. */
async function widestAccepted(isAccepted: IsAccepted): Promise<Width | undefined> {
  let [low, high] = [-1, USUAL.length];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const accepted = await isAccepted(-(durationToMs(USUAL[middle] ?? '0s') - MARGIN_MS));
    if (accepted === undefined) return undefined;
    [low, high] = accepted ? [middle, high] : [low, middle];
  }
  const [text, next] = [USUAL[low], USUAL[high]];
  return { text, ms: msOf(text) ?? 0, next: next === undefined ? undefined : (msOf(next) ?? 0) - MARGIN_MS };
}

function msOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : durationToMs(text);
}

function notSettled(reason: ReturnType<typeof REASONS.windowAskew>): Finding {
  return { open: reason, evidence: [], liveHelps: false };
}

function secondsText(ms: number): string {
  return Number.isFinite(ms) ? `${ms / 1000} s` : '∞';
}
