/** One request: the reason for its result, its checks, and both messages. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import type { Explanation, JournalRecord } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CodeBadge, isSuccess } from '../parts/code-badge.js';
import { CopiedText } from '../parts/copied-text.js';
import { JsonText } from '../parts/json-text.js';
import { Panel } from '../parts/panel.js';
import { beijingTime } from '../parts/times.js';
import { language, localized } from '../state/language.js';
import { problemWords } from '../state/notices.js';
import { operationRow } from '../state/server-data.js';
import { fieldRows } from './body-fields.js';
import { CauseCard, Remarks } from './cause-card.js';
import { FieldsTable } from './fields-table.js';
import { closeDetail, moveBy } from './move-in-list.js';
import { RequestActions } from './request-actions.js';
import { RequestFacts } from './request-facts.js';
import { SignPanel } from './sign-panel.js';
import { hasRemarks } from './verdict.js';

interface Loaded {
  readonly record: JournalRecord;
  readonly explanation: Explanation;
}

export function RequestDetail({ id }: { readonly id: string }) {
  const loaded = useSignal<Loaded | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const lang = language.value;
  useEffect(() => {
    let isCurrent = true;
    load(id, lang)
      .then((found) => {
        if (!isCurrent) return;
        loaded.value = found;
        problem.value = undefined;
      })
      .catch((error) => {
        if (isCurrent) problem.value = problemWords(error);
      });
    return () => {
      isCurrent = false;
    };
  }, [id, lang]);
  return (
    <article class="request-detail" aria-label={t('request')} tabIndex={-1}>
      <header class="detail-bar">
        {loaded.value !== undefined && <Heading {...loaded.value} />}
        <span class="detail-moves">
          <button type="button" class="small" aria-label={t('request.previous')} onClick={() => moveBy(-1)}>
            ↑
          </button>
          <button type="button" class="small" aria-label={t('request.following')} onClick={() => moveBy(1)}>
            ↓
          </button>
          <button type="button" class="small" onClick={closeDetail}>
            {t('close')}
          </button>
        </span>
      </header>
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

function Heading({ record, explanation }: Loaded) {
  const { operation, resultCode, atMs } = record;
  const tone = hasRemarks(record, explanation.findings) ? 'fair' : undefined;
  return (
    <h2 class="summary">
      <CodeBadge operation={operation} code={resultCode} tone={tone} />
      <span class="hint">
        {t(`operation.${operation}`)} · {beijingTime(atMs)}
      </span>
    </h2>
  );
}

function Detail({ record, explanation }: Loaded) {
  const isRefused = !isSuccess(record.resultCode) || record.forced;
  return (
    <div class="detail-columns">
      <div class="detail-main">
        <CauseCard record={record} explanation={explanation}>
          <RequestActions record={record} />
        </CauseCard>
        {isRefused && <Remarks explanation={explanation} />}
        {record.decidedBy === 'signValid' && <SignPanel explanation={explanation} />}
        {!record.forced && <GatePath explanation={explanation} />}
        {record.decidedBy !== 'signValid' && <SignPanel explanation={explanation} />}
        <Sent record={record} />
        <Answered record={record} />
      </div>
      <RequestFacts record={record} />
    </div>
  );
}

function Sent({ record: { operation, method, path, request } }: { readonly record: JournalRecord }) {
  const rows = fieldRows(request.body, operationRow(operation)?.requestFields ?? []);
  return (
    <Panel title={t('request.sent')} aside={<code class="request-line">{`${method} ${path}`}</code>}>
      {rows.length > 0 && <FieldsTable rows={rows} caption={t('request.sent')} />}
      <details open={rows.length === 0}>
        <summary>{t('request.raw')}</summary>
        <JsonText text={request.body} name={t('request.sent')} />
        <CopiedText text={headerLines(request.headers)} name={t('request.headers')} />
      </details>
    </Panel>
  );
}

function Answered({ record: { operation, response } }: { readonly record: JournalRecord }) {
  const rows = fieldRows(response.body, operationRow(operation)?.answerFields ?? []);
  return (
    <Panel title={t('answer')} aside={response.status === null ? undefined : <code>HTTP {response.status}</code>}>
      {response.status === null && <p>{t('request.noAnswer')}</p>}
      {rows.length > 0 && <FieldsTable rows={rows} caption={t('answer')} />}
      {response.body !== '' && (
        <details open={rows.length === 0}>
          <summary>{t('request.raw')}</summary>
          <JsonText text={response.body} name={t('answer')} />
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

const SYMBOLS = { met: '✓', unmet: '✗', 'not reached': '·' } as const;
const CLASSES = { met: 'met', unmet: 'unmet', 'not reached': 'not-reached' } as const;

/** The requirements in the order of their checks, and the first one that is not met. */
function GatePath({ explanation: { gates, operation } }: { readonly explanation: Explanation }) {
  const rules = operationRow(operation)?.rules ?? [];
  return (
    <Panel title={t('gates.title')}>
      <p class="hint">{t('gates.lead')}</p>
      <ol class="gates">
        {gates.map(({ requires, otherwise, basis, outcome }) => {
          const words = rules.find((rule) => rule.requires === requires);
          const text = words === undefined ? requires : localized(outcome === 'unmet' ? words.unmet : words.met);
          return (
            <li key={requires} class={CLASSES[outcome]}>
              <span class="gate-sign" aria-hidden="true">
                {SYMBOLS[outcome]}
              </span>
              <span class="off-screen">{t(`gates.${CLASSES[outcome]}`)}</span>
              <span class="gate-words">{text}</span>
              {outcome === 'unmet' && <CodeBadge operation={operation} code={otherwise} withWords={false} />}
              <span class="basis" title={t(`basis.${basis}.long`)}>
                {t(`basis.${basis}`)}
              </span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
