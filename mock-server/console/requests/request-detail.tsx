/** One request: why it was answered as it was, and all that went to and fro. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import type { Explanation, JournalRecord } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { CopiedText } from '../parts/copied-text.js';
import { Panel } from '../parts/panel.js';
import { prettyJson } from '../parts/pretty-json.js';
import { beijingDateTime, duration } from '../parts/times.js';
import { hashOf } from '../state/hash.js';
import { language } from '../state/language.js';
import { wordsOf } from '../state/notices.js';
import { place } from '../state/place.js';
import { apps, operationRow, resultCodeRow } from '../state/server-data.js';
import { fieldRows } from './body-fields.js';
import { decidedByWords } from './decided-by-words.js';
import { FieldsTable } from './fields-table.js';
import { Findings } from './findings.js';
import { GatePath } from './gate-path.js';
import { RequestActions } from './request-actions.js';
import { SignComparison } from './sign-comparison.js';

interface Loaded {
  readonly record: JournalRecord;
  readonly explanation: Explanation;
}

export function RequestDetail({ id }: { readonly id: string }) {
  const loaded = useSignal<Loaded | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const lang = language.value;
  useEffect(() => {
    let isWanted = true;
    load(id, lang)
      .then((found) => {
        if (!isWanted) return;
        loaded.value = found;
        problem.value = undefined;
      })
      .catch((error) => {
        if (isWanted) problem.value = wordsOf(error);
      });
    return () => {
      isWanted = false;
    };
  }, [id, lang]);
  const { parameters } = place.value;
  return (
    <article class="request-detail" aria-label={t('request')} tabIndex={-1}>
      <a class="back" href={hashOf({ view: 'requests', parameters })}>
        ← {t('request.back')}
      </a>
      {problem.value !== undefined && <p class="wrong">{problem.value}</p>}
      {loaded.value !== undefined && <Detail {...loaded.value} />}
    </article>
  );
}

async function load(id: string, lang: 'en' | 'zh'): Promise<Loaded> {
  const path = { id };
  const [record, explanation] = await Promise.all([
    answerOf(control.GET('/_mock/requests/{id}', { params: { path } })),
    answerOf(control.GET('/_mock/requests/{id}/explanation', { params: { path, query: { lang } } })),
  ]);
  return { record, explanation };
}

function Detail({ record, explanation }: Loaded) {
  return (
    <>
      <Summary record={record} />
      <RequestActions record={record} />
      <Findings explanation={explanation} />
      <GatePath explanation={explanation} />
      <SignComparison explanation={explanation} />
      <Sent record={record} />
      <Answered record={record} />
    </>
  );
}

function Summary({ record }: { readonly record: JournalRecord }) {
  const { operation, resultCode, decidedBy, appId, atMs, durationMs, clientIp, charged, outcome, taskId, id } = record;
  const nextStep = nextStepOf(record);
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    [t('request.decidedBy'), decidedByWords(operation, decidedBy)],
    [t('request.at'), beijingDateTime(atMs)],
    [t('app'), appId === null ? t('requests.noApp') : <AppLink appId={appId} />],
    [t('request.clientIp'), clientIp],
    [t('request.charged'), t(charged ? 'yes' : 'no')],
    ...(outcome === null ? [] : ([[t('request.outcome'), outcome]] as const)),
    [t('request.duration'), duration(durationMs)],
    ...(taskId === null ? [] : ([['taskId', taskId]] as const)),
    [t('request.id'), id],
  ];
  return (
    <header class="summary">
      <h2>
        <CodeBadge operation={operation} code={resultCode} />
      </h2>
      {nextStep !== undefined && (
        <p class="next-step">
          <span class="hint">{t('atlas.client')}:</span> {t(`nextStep.${nextStep}`)}
        </p>
      )}
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

/** An app that is there can be looked at, and changed. */
function AppLink({ appId }: { readonly appId: string }) {
  const isThere = apps.value?.some((app) => app.appId === appId) === true;
  return isThere ? <a href={hashOf({ view: 'apps', opened: appId })}>{appId}</a> : appId;
}

/** One code, 103420, is refused for a capability and for the calls left; what is to be done differs. */
function nextStepOf({ operation, resultCode, decidedBy }: JournalRecord) {
  if (decidedBy === 'capabilityGranted') return 'fixConfiguration';
  const row = resultCode === null ? undefined : resultCodeRow(operation, resultCode);
  return row?.nextStep ?? undefined;
}

function Sent({ record: { operation, method, path, request } }: { readonly record: JournalRecord }) {
  const rows = fieldRows(request.body, operationRow(operation)?.requestFields ?? []);
  return (
    <Panel title={t('request.sent')}>
      <p>
        <code>
          {method} {path}
        </code>
      </p>
      {rows.length > 0 && <FieldsTable rows={rows} caption={t('request.sent')} />}
      <details open={rows.length === 0}>
        <summary>{t('request.raw')}</summary>
        <CopiedText text={prettyJson(request.body)} name={t('request.sent')} />
        <CopiedText text={headerLines(request.headers)} name={t('request.headers')} />
      </details>
    </Panel>
  );
}

function Answered({ record: { operation, response } }: { readonly record: JournalRecord }) {
  const rows = fieldRows(response.body, operationRow(operation)?.answerFields ?? []);
  return (
    <Panel title={t('answer')}>
      {response.status === null && <p>{t('request.noAnswer')}</p>}
      {rows.length > 0 && <FieldsTable rows={rows} caption={t('answer')} />}
      {response.body !== '' && (
        <details open={rows.length === 0}>
          <summary>{t('request.raw')}</summary>
          <CopiedText text={prettyJson(response.body)} name={t('answer')} />
        </details>
      )}
    </Panel>
  );
}

function headerLines(headers: JournalRecord['request']['headers']): string {
  return Object.entries(headers)
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`))
    .join('\n');
}
