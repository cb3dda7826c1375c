/** A refusal in full: the app, what is wrong, the string to sign, and what the request gets without its mistakes. */
import type { Operation } from '../../../src/protocol/operations.js';
import type { Language } from '../../../src/text/bilingual.js';
import type { Carrier } from '../../carrier/carrier.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import { type Explanation, explain } from '../../explain/explain.js';
import { maskedText } from '../../explain/masked-secrets.js';
import { subjectOfRecord } from '../../explain/records/explanations.js';
import type { Segment } from '../../explain/sign/recipe.js';
import type { Subject } from '../../explain/subject.js';
import { verdictOf } from '../../explain/verdict.js';

export interface Refusal {
  readonly requestId: string;
  /** As sent; null if it could not be read. */
  readonly appId: string | null;
  /** Tests give it: null for an app without a name and for an unknown app. */
  readonly appName: string | null;
  readonly operation: Operation;
  /** null for a path that the carrier does not have. */
  readonly resultCode: string | null;
  readonly path: string;
  /** The first cause. */
  readonly finding: string | null;
  readonly title: string;
  readonly verdict: string;
  /** For a wrong signature. `{appSecret}` and `{appKey}` stand for the secrets, because the output of a test run is public. */
  readonly stringToSign: string | null;
  /** What the client signed, if a known mistake reproduces it. */
  readonly signedString: string | null;
  /** The result code after the repair. */
  readonly next: string | null;
  /** What is missing for the repair. */
  readonly missing: string | null;
}

export interface RefusalInputs {
  readonly carrier: Carrier;
  readonly record: JournalRecord;
  readonly language: Language;
  /** The title of the first cause, or the rule. */
  readonly title: string;
}

export async function refusalOf(inputs: RefusalInputs): Promise<Refusal> {
  const { carrier, record, language, title } = inputs;
  const subject = await subjectOfRecord(carrier, record, 'all');
  const explanation = explain(subject, language);
  const { next, missing } = explanation;
  const [first] = explanation.findings.filter(({ role }) => role === 'cause');
  return {
    ...namesIn(record),
    finding: first?.id ?? null,
    title,
    verdict: verdictOf({ explanation, captured: undefined }, language).text,
    ...signedStrings(explanation, subject),
    next,
    missing,
  };
}

type Names = 'requestId' | 'appId' | 'appName' | 'operation' | 'resultCode' | 'path';

/** Which request it is. */
export function namesIn(record: JournalRecord): Pick<Refusal, Names> {
  const { id: requestId, appId = null, operation, resultCode = null, exchange, state } = record;
  const appName = state.app?.settings.name ?? null;
  return { requestId, appId, appName, operation, resultCode, path: exchange.path };
}

function signedStrings(
  { decidedBy, stringToSignSegments, signedStringSegments }: Explanation,
  subject: Subject,
): Pick<Refusal, 'stringToSign' | 'signedString'> {
  if (decidedBy !== 'signValid') return { stringToSign: null, signedString: null };
  const textOf = (segments: readonly Segment[] | null) =>
    segments?.map((segment) => shown(segment, subject)).join('') ?? null;
  return {
    stringToSign: textOf(stringToSignSegments),
    signedString: textOf(signedStringSegments),
  };
}

function shown({ field, value }: Segment, subject: Subject): string {
  const isSecret = field === 'appKey' || field === 'appSecret';
  return isSecret ? `{${field}}` : maskedText(value, subject);
}
