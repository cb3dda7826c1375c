/** The reason for a request's result, and the fix. */
import type { ComponentChildren } from 'preact';
import type { Explanation, JournalRecord } from '../../../src/control/api.js';
import { LIST_COMMA } from '../../../src/text/bilingual.js';
import { evidenceName } from '../../text/evidence-names.js';
import { language, t } from '../messages/message.js';
import { CodeBadge, codeWords } from '../parts/code-badge.js';
import { type Fact, Facts } from '../parts/panel.js';
import { recordedStepWords } from '../parts/step-words.js';
import { hashOf, type PlaceInput } from '../state/hash.js';
import { isSuccess } from '../state/operations.js';
import { shownText } from '../state/secrets.js';
import { resultCodeRow } from '../state/server-data.js';
import { decidedByWords, forcedWords, OF_THE_CARRIER, toneIn } from './verdict.js';

type Finding = Explanation['findings'][number];

interface CauseProps {
  readonly record: JournalRecord;
  readonly explanation: Explanation;
  /** The buttons. */
  readonly children: ComponentChildren;
}

export function CauseCard({ record, explanation, children }: CauseProps) {
  const { forced } = record;
  const isGood = isSuccess(record);
  return (
    <section
      class={`cause-card ${forced ? 'info' : toneIn(record, explanation.findings.length > 0)}`}
      aria-label={t('cause.title')}
    >
      {forced && <Forced record={record} />}
      {!forced && isGood && <Accepted remarks={remarksOf(explanation)} />}
      {!forced && !isGood && <Refused record={record} explanation={explanation} />}
      {children}
    </section>
  );
}

function remarksOf({ findings }: Explanation): readonly Finding[] {
  return findings.filter(({ role }) => role === 'remark');
}

function Refused({
  record,
  explanation: { findings, next, missing },
}: Omit<CauseProps, 'children'>) {
  const { operation, decidedBy } = record;
  const causes = findings.filter(({ role }) => role === 'cause');
  const nextStep = nextStepOf(record, causes);
  // With a test number, the carrier fails without a mistake in the request. 001 is not a mistake either.
  const ofTheCarrier = OF_THE_CARRIER.includes(decidedBy) ? 'cause.testNumber' : 'cause.unknown';
  return (
    <>
      {causes.length === 0 && (
        <>
          <h3>{decidedByWords(operation, decidedBy)}</h3>
          <p>{t(decidedBy === 'numberMatches' ? 'cause.notOwnNumber' : ofTheCarrier)}</p>
        </>
      )}
      <Findings findings={causes} />
      {nextStep !== undefined && (
        <p class="next-step">
          <span class="label">{t('cause.inProduction')}</span> {t(`nextStep.${nextStep}`)}
        </p>
      )}
      {next !== null && (
        <p class="next">
          {t('cause.next')} <CodeBadge operation={operation} code={next} />
        </p>
      )}
      {missing !== null && (
        <p class="next">
          {t('cause.next')} {t('cause.missing', { missing })}
        </p>
      )}
    </>
  );
}

/** Causes that occur in production too, although code and settings are right. */
const NO_MISTAKES = ['phone.different', 'token.used', 'token.expired', 'token.unknown'];

/** The client's next step in production. A code can stand for a mistake, for a user without luck and for a failure of the carrier. */
function nextStepOf(record: JournalRecord, causes: readonly Finding[]) {
  const { operation, resultCode, decidedBy } = record;
  if (decidedBy === 'numberMatches') return 'otherNumber';
  const isMistake = causes.some(({ id }) => !NO_MISTAKES.includes(id) && !id.startsWith('calls.'));
  return isMistake
    ? 'fixMistake'
    : (resultCodeRow(operation, resultCode ?? '')?.nextStep ?? undefined);
}

function Accepted({ remarks }: { readonly remarks: readonly Finding[] }) {
  return (
    <>
      {remarks.length === 0 ? (
        <h3>{t('cause.accepted')}</h3>
      ) : (
        <p class="cause-heading">{t('cause.mayFail')}</p>
      )}
      {remarks.length === 0 && <p>{t('cause.clean')}</p>}
      <Findings findings={remarks} />
    </>
  );
}

function Forced({ record }: { readonly record: JournalRecord }) {
  const { outcome, outcomeBy, resultCode, operation } = record;
  const origin = originOf(record);
  return (
    <>
      <h3>{forcedWords(record)}</h3>
      <p>
        {t(resultCode === null ? 'cause.notDecided' : 'cause.notChecked')}{' '}
        {outcome !== null && (
          <>
            {t('cause.step')} {recordedStepWords(operation, outcome)}
          </>
        )}
        {outcomeBy === 'token' && codeWords(operation, resultCode)}
      </p>
      {origin !== undefined && (
        <p>
          <a href={hashOf(origin)}>{t(`forcedBy.${outcomeBy ?? 'script'}.link`)}</a>
        </p>
      )}
    </>
  );
}

/** The page of what forced the outcome: the script, or the ways to get the code. */
function originOf({
  outcomeBy,
  appId,
  operation,
  resultCode,
}: JournalRecord): PlaceInput | undefined {
  const parameters = { app: appId ?? undefined };
  if (outcomeBy === 'script' || outcomeBy === 'numberScript')
    return { view: 'outcomes', parameters };
  const hasWays = outcomeBy !== null && resultCodeRow(operation, resultCode ?? '') !== undefined;
  return hasWays
    ? { view: 'outcomes', opened: `${operation} ${resultCode}`, parameters }
    : undefined;
}

/** Further remarks on a refused request, which did not cause the refusal. */
export function Remarks({ explanation }: { readonly explanation: Explanation }) {
  const remarks = remarksOf(explanation);
  if (remarks.length === 0) return null;
  return (
    <section class="remarks" aria-labelledby="remarks-title">
      <h3 class="remarks-title" id="remarks-title">
        {t('remarks.title')}
      </h3>
      <Findings findings={remarks} />
    </section>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <>
      {findings.map(({ id, title, detail, evidence }) => (
        <article key={`${id}${detail}`} class="finding">
          <h3>{title}</h3>
          <p>{detail}</p>
          <details>
            <summary>{t('findings.evidence')}</summary>
            <Facts
              class="evidence"
              facts={[
                ...Object.entries(evidence).map(
                  ([name, value]): Fact => [
                    evidenceName(name, language.value),
                    <code key={name}>
                      {shownText([value].flat().join(LIST_COMMA[language.value]))}
                    </code>,
                  ],
                ),
                [t('findings.id'), <code key="id">{id}</code>],
              ]}
            />
          </details>
        </article>
      ))}
    </>
  );
}
