/** The reason for a request's result, and the fix. */
import type { ComponentChildren } from 'preact';
import type { Explanation, JournalRecord } from '../api/schemas.js';
import { evidenceName, t } from '../messages/message.js';
import { CodeBadge, codeWords, isSuccess } from '../parts/code-badge.js';
import { hashOf, type PlaceInput } from '../state/hash.js';
import { resultCodeRow } from '../state/server-data.js';
import { decidedByWords, OF_THE_CARRIER } from './decided-by-words.js';
import { forcedWords } from './verdict.js';

type Finding = Explanation['findings'][number];

interface CauseProps {
  readonly record: JournalRecord;
  readonly explanation: Explanation;
  /** The buttons. */
  readonly children: ComponentChildren;
}

export function CauseCard({ record, explanation, children }: CauseProps) {
  const { resultCode, forced, operation, decidedBy } = record;
  const causes = explanation.findings.filter(({ role }) => role === 'cause');
  const remarks = explanation.findings.filter(({ role }) => role === 'remark');
  if (forced || resultCode === null) return <Forced record={record}>{children}</Forced>;
  if (isSuccess(resultCode)) return <Accepted remarks={remarks}>{children}</Accepted>;
  return (
    <section class={`cause-card ${decidedBy === 'numberMatches' ? 'info' : 'bad'}`} aria-label={t('cause.title')}>
      {causes.length === 0 && (
        <>
          <h3>{decidedByWords(operation, decidedBy)}</h3>
          <p>{t(unexplainedWords(record))}</p>
        </>
      )}
      {causes.map((finding) => (
        <FindingText key={`${finding.id}${finding.detail}`} finding={finding} />
      ))}
      <NextStep record={record} />
      {explanation.next !== null && (
        <p class="next">
          {t('cause.next')} <CodeBadge operation={operation} code={explanation.next} />
        </p>
      )}
      {children}
    </section>
  );
}

/** With a test number, the carrier fails without a mistake in the request. 001 is not a mistake either. */
function unexplainedWords({ decidedBy }: JournalRecord) {
  if (decidedBy === 'numberMatches') return 'cause.notOwnNumber';
  return OF_THE_CARRIER.includes(decidedBy) ? 'cause.testNumber' : 'cause.unknown';
}

/** The client's next step after this code in production. */
function NextStep({ record }: { readonly record: JournalRecord }) {
  const nextStep = nextStepOf(record);
  return nextStep === undefined ? null : (
    <p class="next-step">
      <span class="label">{t('cause.inProduction')}</span> {t(`nextStep.${nextStep}`)}
    </p>
  );
}

/** 103420 means a missing capability or no remaining calls. The next steps differ. */
function nextStepOf({ operation, resultCode, decidedBy }: JournalRecord) {
  if (decidedBy === 'capabilityGranted') return 'fixConfiguration';
  const row = resultCode === null ? undefined : resultCodeRow(operation, resultCode);
  return row?.nextStep ?? undefined;
}

function Accepted({
  remarks,
  children,
}: {
  readonly remarks: readonly Finding[];
  readonly children: ComponentChildren;
}) {
  if (remarks.length === 0) {
    return (
      <section class="cause-card good" aria-label={t('cause.title')}>
        <h3>{t('cause.accepted')}</h3>
        <p>{t('cause.clean')}</p>
        {children}
      </section>
    );
  }
  return (
    <section class="cause-card fair" aria-label={t('cause.title')}>
      <p class="cause-heading">{t('cause.mayFail')}</p>
      {remarks.map((finding) => (
        <FindingText key={`${finding.id}${finding.detail}`} finding={finding} />
      ))}
      {children}
    </section>
  );
}

function Forced({ record, children }: { readonly record: JournalRecord; readonly children: ComponentChildren }) {
  const { outcome, outcomeBy, resultCode, operation } = record;
  const origin = originOf(record);
  return (
    <section class="cause-card info" aria-label={t('cause.title')}>
      <h3>{forcedWords(record)}</h3>
      <p>
        {t(resultCode === null ? 'cause.notDecided' : 'cause.notChecked')}{' '}
        {outcome !== null && (
          <>
            {t('cause.step')} <code>{outcome}</code>
          </>
        )}
        {outcomeBy === 'token' && codeWords(operation, resultCode)}
      </p>
      {origin !== undefined && (
        <p>
          <a href={hashOf(origin)}>{t(`forcedBy.${outcomeBy ?? 'script'}.link`)}</a>
        </p>
      )}
      {children}
    </section>
  );
}

/** The page of what forced the outcome: the script, or the ways to get the code. */
function originOf({ outcomeBy, appId, operation, resultCode }: JournalRecord): PlaceInput | undefined {
  switch (outcomeBy) {
    case 'script':
    case 'numberScript':
      return { view: 'outcomes', parameters: { app: appId ?? undefined } };
    case 'header':
    case 'token':
      return resultCode === null || resultCodeRow(operation, resultCode) === undefined
        ? undefined
        : { view: 'outcomes', opened: `${operation} ${resultCode}`, parameters: { app: appId ?? undefined } };
    case null:
      return undefined;
    default:
      return outcomeBy satisfies never;
  }
}

/** Further remarks on a refused request, which did not cause the refusal. */
export function Remarks({ explanation }: { readonly explanation: Explanation }) {
  const remarks = explanation.findings.filter(({ role }) => role === 'remark');
  if (remarks.length === 0) return null;
  return (
    <section class="remarks" aria-labelledby="remarks-title">
      <h3 class="remarks-title" id="remarks-title">
        {t('remarks.title')}
      </h3>
      {remarks.map((finding) => (
        <FindingText key={`${finding.id}${finding.detail}`} finding={finding} />
      ))}
    </section>
  );
}

function FindingText({ finding: { id, title, detail, evidence } }: { readonly finding: Finding }) {
  const shown = Object.entries(evidence);
  return (
    <article class="finding">
      <h3>
        {title} <code class="finding-id">{id}</code>
      </h3>
      <p>{detail}</p>
      {shown.length > 0 && (
        <details>
          <summary>{t('findings.evidence')}</summary>
          <dl class="evidence">
            {shown.map(([name, value]) => (
              <div key={name}>
                <dt>{evidenceName(name)}</dt>
                <dd>
                  <code>{Array.isArray(value) ? value.join(', ') : String(value)}</code>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </article>
  );
}
