/** One request in the list. */
import type { JournalRecord } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { beijingTime, duration } from '../parts/times.js';
import { hashOf } from '../state/hash.js';
import { decidedByWords } from './decided-by-words.js';

interface RequestRowProps {
  readonly record: JournalRecord;
  /** From 1: the page has a few of the rows only. */
  readonly position: number;
  readonly count: number;
  readonly topPx: number;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isOpened: boolean;
  /** Where the Tab key stops in the list. */
  readonly isTabStop: boolean;
}

export function RequestRow({ record, position, count, topPx, parameters, isOpened, isTabStop }: RequestRowProps) {
  const { id, atMs, operation, resultCode, appId, decidedBy, durationMs } = record;
  return (
    <li style={{ transform: `translateY(${topPx}px)` }} aria-setsize={count} aria-posinset={position}>
      <a
        href={hashOf({ view: 'requests', opened: id, parameters })}
        data-id={id}
        tabIndex={isTabStop ? 0 : -1}
        onClick={goOnToDetail}
        aria-current={isOpened ? 'true' : undefined}
      >
        <time class="row-time">{beijingTime(atMs)}</time>
        <span class="row-operation">{t(`operation.${operation}`)}</span>
        <CodeBadge operation={operation} code={resultCode} />
        <span class="row-rule">{decidedByWords(operation, decidedBy)}</span>
        <span class="row-app">{appId ?? t('requests.noApp')}</span>
        <span class="row-duration">{duration(durationMs)}</span>
      </a>
    </li>
  );
}

/** Opened by a key, it is read next. A click counts its presses, a key has none. */
function goOnToDetail({ detail }: MouseEvent): void {
  if (detail === 0) requestAnimationFrame(() => document.querySelector<HTMLElement>('.request-detail')?.focus());
}
