/** Derives readings from responses. Pure. */
import { type Bilingual, bilingual, LIST_COMMA, wordsIn } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { durationToMs } from '../kit/time.js';
import { controlsOf } from './cases.js';
import { ACCEPTED, type Probe, REFUSED, WITH_CODE } from './probes.js';
import type { RequestResult } from './read-answer.js';
import { REASONS } from './reasons.js';
import type { Pair } from './session.js';
import type { VisibleReading } from './visible-readings.js';

/** The results of the control requests of an operation, and whether the operation is reliable. */
export interface Trust {
  readonly operation: Operation;
  /** The code for a good request with an unknown token; empty if unknown, and then the operation is not reliable. */
  readonly goodCode: string;
  /** The codes that their bad request got twice: these mistakes are checked before the token. */
  readonly badSeen: ReadonlySet<string>;
  /** The carrier's clock compared with this machine's. */
  readonly clockOffMs: number | undefined;
  /** The reason if the operation is not reliable. */
  readonly distrust: Bilingual | undefined;
}

/** @param bad The bad requests, by the code that each expects. */
export function trustOf(operation: Operation, good: Pair, bad: ReadonlyMap<string, Pair>): Trust {
  const badSeen = new Set(
    [...bad].flatMap(([expected, { code }]) => (code === expected ? [code] : [])),
  );
  const goodCode = controlsOf(operation).unknownToken.find((code) => code === good.code) ?? '';
  const believed = goodCode !== '' && badSeen.size > 0 && good.first.echoes && good.second.echoes;
  const results = [good, ...bad.values()].flatMap(({ first, second }) => [first, second]);
  const found = bilingual((language) =>
    [...new Set(results.map(({ code, reason }) => code ?? wordsIn(reason, language)))].join(
      LIST_COMMA[language],
    ),
  );
  const { clockOffMs } = good.first;
  return {
    operation,
    goodCode,
    badSeen,
    clockOffMs,
    distrust: believed ? undefined : REASONS.notTrusted(operation, found),
  };
}

/** The result of one probe. */
export type ProbeFinding =
  | { readonly options: readonly string[]; readonly evidence: readonly string[] }
  | {
      readonly open: Bilingual;
      readonly evidence: readonly string[];
      /** Whether a live token could settle it. */
      readonly liveHelps: boolean;
    };

export function openFinding(
  open: Bilingual,
  evidence: readonly string[] = [],
  liveHelps = false,
): ProbeFinding {
  return { open, evidence, liveHelps };
}

export function probeFindingOf(
  probe: Probe,
  { first, second, code, evidence }: Pair,
  trust: Trust,
): ProbeFinding {
  const unanswered = [first, second].find((result) => result.code === undefined);
  if (unanswered !== undefined) return openFinding(REASONS.noAnswer(unanswered.reason), evidence);
  if (code === undefined)
    return openFinding(REASONS.unsteady([first.code ?? '', second.code ?? '']), evidence);
  if (code === trust.goodCode) return acceptedFinding(probe, trust, evidence);
  const options = probe.predicts[code] ?? refusalIn(probe, code);
  return options === undefined
    ? openFinding(REASONS.notPredicted(code), evidence)
    : { options, evidence };
}

/** The finding of a probe that is not refused for its mistake. */
function acceptedFinding(probe: Probe, trust: Trust, evidence: readonly string[]): ProbeFinding {
  const { [trust.goodCode]: predicted, [ACCEPTED]: accepted } = probe.predicts;
  const options = predicted ?? (isCheckedBeforeToken(probe, trust) ? accepted : undefined);
  return options === undefined
    ? openFinding(REASONS.behindToken(), evidence, true)
    : { options, evidence };
}

/** Whether the token or the mistake is checked first can differ between mistakes. */
function isCheckedBeforeToken({ predicts }: Probe, { badSeen }: Trust): boolean {
  const codes = Object.keys(predicts).filter((each) => each !== ACCEPTED && each !== REFUSED);
  return codes.every((each) => badSeen.has(each));
}

/** What a refusal with a code that no option has as its own shows. */
function refusalIn({ predicts }: Probe, code: string): readonly string[] | undefined {
  return predicts[REFUSED]?.map((option) => (option === WITH_CODE ? `refused:${code}` : option));
}

/** The finding of a mistake that was sent with a live token, perhaps with others. */
export function outcomeFindingOf(
  probe: Probe,
  { outcome, evidence }: { readonly outcome: string; readonly evidence: readonly string[] },
): ProbeFinding {
  const options = probe.predicts[outcome] ?? refusalIn(probe, outcome);
  return options === undefined
    ? openFinding(REASONS.notPredicted(outcome), evidence)
    : { options, evidence };
}

export function liveFindingOf(probe: Probe, result: RequestResult): ProbeFinding {
  const { code, reason, numberRight } = result;
  const evidence = [result.evidence];
  if (code === undefined) return openFinding(REASONS.noAnswer(reason), evidence);
  const { success, unknownToken } = controlsOf(probe.operation);
  const isSuccess = code === success.code;
  const refused = isSuccess || unknownToken.includes(code) ? undefined : refusalIn(probe, code);
  const options =
    isSuccess && numberRight ? probe.predicts[ACCEPTED] : (probe.predicts[code] ?? refused);
  return options === undefined
    ? openFinding(REASONS.notPredicted(code), evidence)
    : { options, evidence };
}

/** The option that all responses show, or the reason if they show none. */
export function visibleFindingOf(
  visible: VisibleReading,
  results: readonly RequestResult[],
): ProbeFinding {
  const relevant = results.filter(
    ({ operation, code }) => code !== undefined && visible.operations.includes(operation),
  );
  const evidence = relevant.map((one) => one.evidence);
  const [option, ...others] = new Set(relevant.map(visible.optionOf));
  if (option === undefined || others.length > 0) return openFinding(REASONS.disagree(), evidence);
  return { options: [option], evidence };
}

export function combinedFinding(findings: readonly ProbeFinding[]): ProbeFinding {
  const evidence = findings.flatMap((finding) => finding.evidence);
  const open = findings.find((finding) => 'open' in finding);
  if (open !== undefined) return { ...open, evidence };
  const lists = findings.flatMap((finding) => ('options' in finding ? [finding.options] : []));
  const [first = [], ...rest] = lists;
  const common = first.filter((option) => rest.every((list) => list.includes(option)));
  if (common.length > 0) return { options: common, evidence };
  // If all options are refusals, `refused:<code>,<code>`: an operation without a code of its own keeps its own.
  const all = lists.flat();
  const codes = new Set(all.flatMap((option) => option.split(':')[1] ?? []));
  const areRefusals = all.every((option) => option.startsWith('refused') || option === 'json');
  if (!areRefusals || codes.size === 0) return openFinding(REASONS.disagree(), evidence);
  return { options: [`refused:${[...codes].join(',')}`], evidence };
}

/** The encoding of RSA that the findings show; undefined for that of the template, and if it is open. */
export function rsaEncodingIn(findings: ReadonlyMap<Probe, ProbeFinding>): 'hex' | undefined {
  const all = combinedFinding(ofEncoding(findings));
  return 'options' in all && all.options.join() === 'hex' ? 'hex' : undefined;
}

/** Whether a refusal of another request with RSA can have its encoding as the cause. A carrier can accept both encodings. */
export function isRsaEncodingOpen(findings: ReadonlyMap<Probe, ProbeFinding>): boolean {
  const own = ofEncoding(findings);
  const isBase64 = own.some((one) => 'options' in one && one.options.includes('base64'));
  return own.length > 0 && !isBase64 && rsaEncodingIn(findings) === undefined;
}

function ofEncoding(findings: ReadonlyMap<Probe, ProbeFinding>): readonly ProbeFinding[] {
  return [...findings].flatMap(([{ reading }, one]) => (reading === ENCODING ? [one] : []));
}

export const ENCODING = 'verify-rsa-encoding';

const USUAL = '1m 2m 3m 5m 10m 15m 20m 30m 1h 2h 6h 8h 12h 24h 3d 7d 30d'.split(' ');
/** Covers the difference between two clocks and the duration of a request. */
const MARGIN_MS = 15_000;

/** Whether a time with this offset is accepted; undefined if the responses do not show it. */
export type IsAccepted = (offsetMs: number) => Promise<boolean | undefined>;

/** The window whose bounds are usual widths. The evidence is added by the caller. */
export async function windowOf(
  isAccepted: IsAccepted,
  clockOffMs: number | undefined,
): Promise<ProbeFinding | undefined> {
  const past = await boundOf((ms) => isAccepted(-ms));
  if (past === undefined || typeof past !== 'string') return past && openFinding(past);
  const future = await boundOf(isAccepted);
  if (future === undefined || typeof future !== 'string') return future && openFinding(future);
  if (past === future) return { options: [`window:${past}`], evidence: [] };
  // With another clock, a symmetric window looks like this too.
  if (clockOffMs === undefined || Math.abs(clockOffMs) > MARGIN_MS)
    return openFinding(REASONS.windowAskew());
  return { options: [`window:-${past}..${future}`], evidence: [] };
}

/** One bound, or why it is open; undefined if the responses do not show it. */
async function boundOf(isAccepted: IsAccepted): Promise<string | Bilingual | undefined> {
  let low = -1;
  let high = USUAL.length;
  // A binary search: if an offset is accepted, every smaller one is accepted too.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const accepted = await isAccepted(usualMs(middle) - MARGIN_MS);
    if (accepted === undefined) return undefined;
    if (accepted) low = middle;
    else high = middle;
  }
  const refusedAt = usualMs(high) - MARGIN_MS;
  if (low < 0) return REASONS.windowBetween(secondsText(0), secondsText(refusedAt));
  const outside = usualMs(low) + MARGIN_MS;
  const beyond = await isAccepted(outside);
  if (beyond === undefined) return undefined;
  return beyond ? REASONS.windowBetween(secondsText(outside), secondsText(refusedAt)) : USUAL[low];
}

function usualMs(at: number): number {
  const text = USUAL[at];
  return text === undefined ? Number.POSITIVE_INFINITY : durationToMs(text);
}

function secondsText(ms: number): string {
  return Number.isFinite(ms) ? `${ms / 1000} s` : '∞';
}
