/** A run as JSON: the causes, and every result with its message. */
import { wordsIn } from '../../src/text/bilingual.js';
import { printableLines } from '../../src/text/printable.js';
import { descriptionIn } from './descriptions.js';
import { gist } from './details.js';
import type { ReportModel } from './model.js';

export function jsonReport({
  run,
  lang,
  verdict,
  counts,
  basis,
  causes,
  forms,
}: ReportModel): string {
  const { suite, subject, kitVersion, startedAtMs, endedAtMs, results } = run;
  const report = {
    suite,
    subject,
    kitVersion,
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: new Date(endedAtMs).toISOString(),
    verdict,
    counts,
    basis,
    causes: causes.map((cause) => ({
      kind: cause.kind,
      sentence: cause.sentence,
      ...cause.weights,
      cases: cause.results.map(({ id }) => id),
    })),
    forms: forms.map(({ sentence, level, results: own }) => ({
      sentence,
      level,
      cases: own.map(({ id }) => id),
    })),
    results: results.map((result) => ({
      ...result,
      description: descriptionIn(result, lang),
      message: gist(result, lang),
      ...(result.reason !== undefined && { reason: wordsIn(result.reason, lang) }),
      differences: result.differences.map(({ rule, at, expected, received, clause }) => ({
        rule,
        at,
        about: rule === 'schema' ? `schema ${at}` : at,
        expected: wordsIn(expected, lang),
        received: wordsIn(received, lang),
        ...clause,
      })),
    })),
  };
  return `${printableLines(JSON.stringify(report, published, 2))}\n`;
}

/** What only the causes and the other reports need. */
const INTERNAL = ['callReason', 'observation'];

function published(name: string, value: unknown): unknown {
  return INTERNAL.includes(name) ? undefined : value;
}
