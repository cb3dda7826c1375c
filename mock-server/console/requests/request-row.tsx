/** A row of the request list. */
import type { JournalRecord } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { beijingTime, duration } from '../parts/times.js';
import { appLabel } from '../state/app-names.js';
import { hashOf } from '../state/hash.js';
import { findingsOf } from '../state/record-findings.js';
import { verdictOf } from './verdict.js';

interface RequestRowProps {
  readonly record: JournalRecord;
  /** From 1, in the whole list: the page contains only some rows. */
  readonly position: number;
  readonly count: number;
  readonly topPx: number;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isOpened: boolean;
  /** Whether this row is the tab stop of the list. */
  readonly isTabStop: boolean;
}

export function RequestRow({ record, position, count, topPx, parameters, isOpened, isTabStop }: RequestRowProps) {
  const { id, atMs, operation, resultCode, appId, durationMs, outcome, forced } = record;
  const { tone, title, detail, others } = verdictOf(record, findingsOf(id));
  const [second, milliseconds] = splitTime(beijingTime(atMs));
  return (
    <li style={{ transform: `translateY(${topPx}px)` }} aria-setsize={count} aria-posinset={position}>
      <a
        href={hashOf({ view: 'requests', opened: id, parameters })}
        data-id={id}
        tabIndex={isTabStop ? 0 : -1}
        onClick={focusDetailByKey}
        aria-current={isOpened ? 'true' : undefined}
      >
        <time class="row-time">
          {second}
          <span class="row-ms">{milliseconds}</span>
        </time>
        <span class="row-operation">{t(`operation.${operation}`)}</span>
        <CodeBadge operation={operation} code={resultCode} withWords={false} tone={tone} />
        <span class={`row-why ${tone}`}>
          {outcome !== null && !forced && resultCode !== null && <code class="row-outcome">{outcome}</code>}
          <span class="row-cause">{title}</span>
          {others > 0 && <span class="row-others">+{others}</span>}
          {detail !== undefined && <span class="row-detail">{detail}</span>}
        </span>
        <span class="row-app" title={appId ?? undefined}>
          {appId === null ? t('requests.noApp') : appLabel(appId)}
        </span>
        <span class="row-duration">{duration(durationMs)}</span>
      </a>
    </li>
  );
}

/** `18:03:21` and `.045`: a narrow list shows only the first. */
function splitTime(time: string): readonly [string, string] {
  const at = time.indexOf('.');
  return [time.slice(0, at), time.slice(at)];
}

/** Focuses the details when a key opens the request. The click event of a key has a `detail` of 0. */
function focusDetailByKey({ detail: clicks }: MouseEvent): void {
  if (clicks > 0) return;
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.request-detail')?.focus());
}
