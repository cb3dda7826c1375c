/** The result of a case, the same for every suite and every report. */
import type { Bilingual, Words } from '../../src/text/bilingual.js';
import type { Basis, Operation } from '../index.js';
import type { Level, Row, Signing } from './case.js';
import { GRAVITIES, gravityOf, type RuleId } from './rules.js';

export const STATUSES = ['pass', 'fail', 'warn', 'skip', 'disabled', 'error'] as const;

/**
 * `warn`: a SHOULD is not met, or a known deviation. `skip`: the case cannot run here. `disabled`: the profile disables
 * it. `error`: a failure of the kit or the network, so there is no result for the subject.
 */
export type Status = (typeof STATUSES)[number];

/** The reason for a skip after `--max-failures`. */
export const NOT_RUN_AFTER_MAX_FAILURES: Bilingual = {
  en: 'not run: --max-failures was reached',
  zh: '没有执行：已达到 --max-failures',
};

export type Suite = 'provider' | 'consumer' | 'replay';

/** The place of a difference in a call before the judged one. */
export const EARLIER_CALL = 'resultCode of an earlier call';
export const EARLIER_CALL_NAME: Bilingual = { en: EARLIER_CALL, zh: '前一次调用的 resultCode' };

/** The place of the number of simultaneous calls that succeed. */
export const RACE = 'simultaneous calls';

/** The effects that a control API shows, and the rule that a mock reports, in reports. */
export const EFFECTS = {
  charged: { en: 'charged', zh: '计费' },
  tokenUsed: { en: 'tokenUsed', zh: 'token 是否用掉' },
  decidedBy: { en: 'decidedBy', zh: '判定规则' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type Effect = keyof typeof EFFECTS;

/** One row of judgement: an expectation that is not met. */
export interface Difference {
  /** `resultCode`, `/msisdn`, `charged`, …: the same in every language. */
  readonly at: string;
  /** What is compared there. */
  readonly rule: RuleId;
  /** Its name in reports; `at` if omitted. */
  readonly name?: Bilingual | undefined;
  /** For a field of a response: its name without the path, which differs between operations. */
  readonly field?: string | undefined;
  readonly expected: Words;
  readonly received: Words;
  /** The evidence for the expectation; that of the case if omitted. */
  readonly clause?: Clause | undefined;
}

/** The evidence for an expectation. */
export interface Clause extends Pick<Row, 'level' | 'basis'> {
  /** The quoted sentence of the document, or a statement if the section is a basis. */
  readonly source: Row['source'];
}

/** Only what the document states is a requirement for a carrier. In the order of the strength of the evidence. */
export const LEVELS: Readonly<Record<Basis, Level>> = {
  documented: 'MUST',
  observed: 'SHOULD',
  inferred: 'SHOULD',
  assumed: 'MAY',
};
const BASES = Object.keys(LEVELS);

/** Whether a section is the basis of a statement, which quotes no document. */
export function isBasis(section: string): section is Basis {
  return BASES.includes(section);
}

export function clauseOf(
  basis: Basis,
  { section, sentence, observation }: Clause['source'],
): Clause {
  const source = { section, sentence, ...(observation !== undefined && { observation }) };
  return { level: LEVELS[basis], basis, source };
}

/** The evidence for an expectation that needs both. */
export function weaker(one: Clause, other: Clause): Clause {
  const { level, basis, source } =
    BASES.indexOf(other.basis) > BASES.indexOf(one.basis) ? other : one;
  return { level, basis, source };
}

/** A known mistake that the mock's explanation found. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}

/** How a scenario of the consumer suite failed. */
export type Symptom =
  | 'no-call'
  | 'called-again'
  | 'called-too-seldom'
  | 'believed'
  | 'not-believed'
  | 'crashed'
  | 'killed'
  | 'overdue';

/** The app of a failed case that `--keep` leaves in a mock. It is not redacted, because its credentials and token are the mock's. */
export interface KeptApp {
  readonly appId: string;
  /** A command that works unchanged. */
  readonly curl: string;
  /** The request's id in the journal and its address in the console. Absent if the mock did not receive the request. */
  readonly requestId?: string | undefined;
  readonly console?: string | undefined;
}

/** The subject of a result: failures with a common value can have one cause. */
export interface About {
  /** For a case: the rule that must decide, and the rule that the mock reports. */
  readonly rule?: string | undefined;
  readonly ruleApplied?: string | undefined;
  /** For a case: how its request is signed. */
  readonly signing?: Signing | undefined;
  /** Its request is the valid one, and the cases that change it are not judged if it is refused. */
  readonly isBase?: true;
  /** For a scenario. */
  readonly symptoms?: readonly Symptom[] | undefined;
  /** For a check of all requests, such as `sent-time`: its name, and the scenarios whose requests fail it. */
  readonly check?: string | undefined;
  readonly scenarios?: readonly string[] | undefined;
  /** For a repeated request: what repeated it. */
  readonly again?: Again | undefined;
}

/** A redirect that the client followed, its HTTP library, or its own retry. */
export type Again = 'redirect' | 'library' | 'client';

export interface CaseResult extends Row {
  readonly suite: Suite;
  readonly operation: Operation;
  readonly status: Status;
  readonly durationMs: number;
  /** Why the case was skipped, disabled or could not be judged; for a known deviation, its reason. */
  readonly reason?: Words | undefined;
  /** For a call without a usable response: the reason alone, without the address. */
  readonly callReason?: Words | undefined;
  /** The received code, or `http-404` for a response without one. */
  readonly code?: string | undefined;
  /** The received code, if the case accepts several. */
  readonly seen?: string | undefined;
  /** Effects that could not be checked: `charged`, `tokenUsed`, `decidedBy`. */
  readonly notChecked?: readonly Effect[] | undefined;
  readonly differences: readonly Difference[];
  /** A row of the known deviations covers the failure. */
  readonly isKnown?: true;
  readonly about?: About | undefined;
  /** The command that repeats only this case. */
  readonly repeat?: string | undefined;
  /** The request as a curl command. */
  readonly curl?: string | undefined;
  readonly kept?: KeptApp | undefined;
  /** The unchanged body of the response. */
  readonly answer?: string | undefined;
  /** Paths of the files with the exchange. */
  readonly files?: readonly string[] | undefined;
  readonly finding?: Finding | undefined;
}

/** An interpretation of the document by a mock or a carrier: a row of ambiguities.json and one of its options. */
export interface SuiteReading {
  readonly id: string;
  readonly option: string;
}

export interface Run {
  readonly suite: Suite;
  /** What was tested: an address, or a command. */
  readonly subject: string;
  readonly kitVersion: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly results: readonly CaseResult[];
  /** The readings of a mock that differ from those that the cases assume. */
  readonly readings?: readonly SuiteReading[];
  /** Whether the run may succeed although no case ran. */
  readonly allowNoCase: boolean;
  /** Whether a SHOULD that is not met fails too; by default only a MUST. */
  readonly failOn?: 'SHOULD' | undefined;
}

/** The exit status of the process. An error takes precedence over a failure, because it may hide failures. */
export function exitStatusOf({
  results,
  allowNoCase,
}: Pick<Run, 'results' | 'allowNoCase'>): 0 | 1 | 2 {
  const has = (status: Status) => results.some((result) => result.status === status);
  if (has('error')) return 2;
  if (has('fail')) return 1;
  return hasRun(results) || allowNoCase ? 0 : 2;
}

/** Whether a case ran. */
export function hasRun(results: readonly CaseResult[]): boolean {
  return results.some(({ status }) => status !== 'skip' && status !== 'disabled');
}

export const PRESENT: Bilingual = { en: 'present', zh: '有' };
export const ABSENT: Bilingual = { en: 'absent', zh: '没有' };
export const NOTHING: Bilingual = { en: 'nothing', zh: '没有' };

export function matching(pattern: string): Bilingual {
  return { en: `text that matches ${pattern}`, zh: `匹配 ${pattern} 的文本` };
}

export function callCount(calls: number): Bilingual {
  return { en: calls === 1 ? '1 call' : `${calls} calls`, zh: `${calls} 次` };
}

const SHOWN_LENGTH_MAX = 120;

export function shown(value: unknown): Words {
  if (value === undefined) return NOTHING;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text;
}

const HIGH_SURROGATE_AT_END = /[\ud800-\udbff]$/;

/** The beginning of a long text, with its original length. */
export function cut(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  return `${text.slice(0, lengthMax).replace(HIGH_SURROGATE_AT_END, '')}… (${text.length})`;
}

/** What is known about a row after its run. */
export type Verdict = Pick<CaseResult, 'differences'> & Partial<CaseResult>;

/** The label is that of the strictest expectation that is not met; without a difference, that of the row. */
export function resultOf(
  suite: Suite,
  operation: Operation,
  row: Row,
  verdict: Verdict,
): CaseResult {
  const { id, description, level, basis, source } = row;
  const own: Clause = { level, basis, source };
  const differences = byWeight(
    verdict.differences.map(({ clause = own, ...difference }) => ({ ...difference, clause })),
  );
  const clause = differences[0]?.clause ?? own;
  const status = differences.length === 0 ? 'pass' : STATUS_OF[clause.level];
  return {
    suite,
    id,
    description,
    operation,
    durationMs: 0,
    status,
    ...clause,
    ...verdict,
    differences,
  };
}

const STRICTNESS: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];

/** The strictest first; of these the gravest. */
function byWeight<D extends Difference & { readonly clause: Clause }>(
  differences: readonly D[],
): readonly D[] {
  return differences.toSorted(
    (one, other) =>
      STRICTNESS.indexOf(one.clause.level) - STRICTNESS.indexOf(other.clause.level) ||
      GRAVITIES.indexOf(gravityOf(one.rule)) - GRAVITIES.indexOf(gravityOf(other.rule)),
  );
}

/** With `failOn` SHOULD a warning is a failure, except a known deviation. */
export function failedOn(failOn: Run['failOn'], result: CaseResult): CaseResult {
  const { status, level, isKnown, differences } = result;
  const isFailed =
    failOn === level && status === 'warn' && isKnown !== true && differences.length > 0;
  return isFailed ? { ...result, status: 'fail' } : result;
}

/** A difference fails a MUST, warns for a SHOULD and is only reported for a MAY. */
export const STATUS_OF = { MUST: 'fail', SHOULD: 'warn', MAY: 'pass' } as const satisfies Readonly<
  Record<Level, Status>
>;
