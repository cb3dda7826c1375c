/** One request: the reason for its result, its checks, and both messages. */
import { useSignal } from '@preact/signals';
import type { Explanation, JournalRecord } from '../../../src/control/api.js';
import { ControlError } from '../../../src/control/errors.js';
import { language, localized, t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { Copied, JsonText, PlainText } from '../parts/code-text.js';
import { Button, type Fact, Facts, Panel, Skeleton } from '../parts/panel.js';
import { beijingDateTime, beijingTime, duration } from '../parts/times.js';
import { type FieldRow, fieldName, fieldRows } from '../state/bodies.js';
import { headerLines } from '../state/carrier.js';
import { hashOf } from '../state/hash.js';
import { loadedRecord, removals } from '../state/live-requests.js';
import { call } from '../state/mock.js';
import { problemWords, useLoaded } from '../state/notices.js';
import { isSuccess } from '../state/operations.js';
import { shownText } from '../state/secrets.js';
import { appLabel, appOf, operationRow } from '../state/server-data.js';
import { CauseCard, Remarks } from './cause-card.js';
import { deliveryWords, Undelivered } from './delivery.js';
import { EditAndSend, RequestActions } from './request-actions.js';
import { closeDetail, moveBy } from './shown-requests.js';
import { SignPanel } from './sign-panel.js';
import { decidedByWords, toneIn } from './verdict.js';

const NOT_FOUND = 404;

export function RequestDetail({ id }: { readonly id: string }) {
  const problem = useSignal<string | undefined>(undefined);
  const lang = language.value;
  const load = async () => {
    const [record, explanation] = await Promise.all([
      call('GET /requests/:id', { id }),
      call('GET /requests/:id/explanation', { id, query: { lang } }),
    ]);
    problem.value = undefined;
    return { record, explanation };
  };
  // Again when its response is delivered, and when it is removed.
  const state = loadedRecord(id)?.delivery.state;
  const loaded = useLoaded(load, [id, lang, state, removals.value], (error) => {
    // Not refused: it is not there.
    problem.value =
      error instanceof ControlError && error.status === NOT_FOUND
        ? error.detail
        : problemWords(error);
  });
  return (
    <article class="request-detail" data-id={id} aria-label={t('request')} tabIndex={-1}>
      <header class="detail-bar">
        {loaded !== undefined && <Heading {...loaded} />}
        <span class="detail-moves">
          <Button
            class="small"
            text="↑"
            aria-label={t('request.previous')}
            onClick={() => moveBy(-1)}
          />
          <Button
            class="small"
            text="↓"
            aria-label={t('request.following')}
            onClick={() => moveBy(1)}
          />
          <Button class="small" text={t('close')} onClick={closeDetail} />
        </span>
      </header>
      {problem.value !== undefined && <p class="empty">{problem.value}</p>}
      {loaded !== undefined && problem.value === undefined && <Detail {...loaded} />}
      {loaded === undefined && problem.value === undefined && <Skeleton lines={12} />}
    </article>
  );
}

interface Loaded {
  readonly record: JournalRecord;
  readonly explanation: Explanation;
}

function Heading({ record, explanation }: Loaded) {
  const { operation, resultCode, atMs } = record;
  return (
    <h2 class="summary">
      <CodeBadge
        operation={operation}
        code={resultCode}
        tone={toneIn(record, explanation.findings.length > 0)}
      />
      <Undelivered record={record} />
      <span class="hint">
        {t(`operation.${operation}`)} · {beijingTime(atMs)}
      </span>
    </h2>
  );
}

function Detail({ record, explanation }: Loaded) {
  const { forced, resultCode, decidedBy } = record;
  return (
    <div class="detail-main">
      <CauseCard record={record} explanation={explanation}>
        <RequestActions record={record} />
      </CauseCard>
      {decidedBy === 'signValid' && <SignPanel explanation={explanation} />}
      <RequestFacts record={record} />
      {(forced || !isSuccess(record)) && <Remarks explanation={explanation} />}
      {!forced && resultCode !== null && <GatePath explanation={explanation} />}
      {decidedBy !== 'signValid' && <SignPanel explanation={explanation} />}
      <Messages record={record} />
      <EditAndSend record={record} />
    </div>
  );
}

function Messages({
  record: { operation, method, path, request, response },
}: Pick<Loaded, 'record'>) {
  const row = operationRow(operation);
  return (
    <>
      <Message
        title={t('request.sent')}
        aside={`${method} ${path}`}
        rows={fieldRows(request.body, row?.requestFields ?? [])}
        {...request}
      />
      <Message
        title={t('answer')}
        aside={response.status === null ? undefined : `HTTP ${response.status}`}
        rows={fieldRows(response.body, row?.answerFields ?? [])}
        body={response.body}
      />
    </>
  );
}

interface MessageProps {
  readonly title: string;
  /** Of the first line. */
  readonly aside: string | undefined;
  readonly body: string;
  readonly rows: readonly FieldRow[];
  /** Of a request. */
  readonly headers?: JournalRecord['request']['headers'];
}

/** A request or a response: its fields, and its text. */
function Message({ title, aside, body, rows, headers }: MessageProps) {
  const lines = headerLines(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return (
    <Panel title={title} aside={<code class="request-line">{aside && shownText(aside)}</code>}>
      {aside === undefined && <p>{t('request.noAnswer')}</p>}
      {rows.length > 0 && <FieldsTable rows={rows} caption={title} />}
      {`${body}${lines}` !== '' && (
        <details open={rows.length === 0}>
          <summary>{t('request.raw')}</summary>
          <JsonText text={body} name={title} />
          {headers && <PlainText text={lines.join('\n')} name={t('request.headers')} />}
        </details>
      )}
    </Panel>
  );
}

const GATES = {
  met: { class: 'met', symbol: '✓' },
  unmet: { class: 'unmet', symbol: '✗' },
  'not reached': { class: 'not-reached', symbol: '·' },
} as const;

/** The requirements in the order of their checks, and the first one that is not met. */
function GatePath({ explanation: { gates, operation } }: { readonly explanation: Explanation }) {
  const rules = operationRow(operation)?.rules ?? [];
  return (
    <Panel title={t('gates.title')}>
      <p class="hint">{t('gates.lead')}</p>
      <ol class="gates">
        {gates.map(({ requires, otherwise, basis, outcome }) => {
          const words = rules.find((rule) => rule.requires === requires);
          const text =
            words === undefined
              ? requires
              : localized(outcome === 'unmet' ? words.unmet : words.met);
          const { class: className, symbol } = GATES[outcome];
          return (
            <li key={requires} class={className}>
              <span class="gate-sign" aria-hidden="true">
                {symbol}
              </span>
              <span class="off-screen">{t(`gates.${className}`)}</span>
              <span class="gate-words">{text}</span>
              {outcome === 'unmet' && (
                <CodeBadge operation={operation} code={otherwise} withWords={false} />
              )}
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

function FieldsTable({
  rows,
  caption,
}: {
  readonly rows: readonly FieldRow[];
  readonly caption: string;
}) {
  return (
    <table class="fields-table">
      <caption class="off-screen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('field.value')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={fieldName(row)} class={row.documented === undefined ? 'unknown' : undefined}>
            <th scope="row">
              <code>{fieldName(row)}</code>
              <span class="hint">
                {row.documented ? localized(row.documented.meaning) : t('field.unknown')}
              </span>
            </th>
            <td>
              {row.value === undefined ? (
                <Absent field={row.documented} />
              ) : (
                <code>{shownText(row.value)}</code>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Absent({ field }: { readonly field: FieldRow['documented'] }) {
  if (field?.required !== true) return <span class="hint">{t('field.absent')}</span>;
  return (
    <>
      <strong class="wrong">{t('field.missing')}</strong>
      {field.rule !== undefined && <span class="hint">{localized(field.rule)}</span>}
    </>
  );
}

/** One line; the ids and the exact time are behind "…". */
function RequestFacts({ record }: { readonly record: JournalRecord }) {
  const { operation, decidedBy, appId, atMs, durationMs, clientIp, charged, outcome, taskId, id } =
    record;
  const words = [
    appId === null ? t('requests.noApp') : <AppLink appId={appId} />,
    <code key="ip">{clientIp}</code>,
    t(charged ? 'request.paid' : 'request.free'),
    outcome && <code key="outcome">{outcome}</code>,
    t('request.decidedIn', { time: duration(durationMs) }),
    deliveryWords(record),
  ];
  const facts: readonly Fact[] = [
    [t('request.decidedBy'), decidedByWords(operation, decidedBy)],
    [t('request.at'), beijingDateTime(atMs)],
    ['appId', appId && <Copied key="app" name="appId" text={appId} />],
    ['taskId', taskId && <Copied key="task" name="taskId" text={taskId} />],
    [t('request.id'), <Copied key="id" name={t('request.id')} text={id} />],
  ];
  return (
    <aside class="request-facts hint" aria-label={t('request.facts')}>
      {words
        .filter((word) => word !== null)
        .map((word, at) => (
          <span key={at}>{word}</span>
        ))}
      <details>
        <summary aria-label={t('request.facts')}>…</summary>
        <Facts class="details" facts={facts} />
      </details>
    </aside>
  );
}

/** A link to the app, if it still exists. */
function AppLink({ appId }: { readonly appId: string }) {
  if (appOf(appId) === undefined) return <>{shownText(appId)}</>;
  return <a href={hashOf({ view: 'apps', opened: appId })}>{appLabel(appId)}</a>;
}
