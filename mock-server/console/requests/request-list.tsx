/** The list of requests. It can have thousands of rows; the page contains only those near the visible part. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JournalRecord } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { Button, Skeleton } from '../parts/panel.js';
import { beijingDay, beijingTime } from '../parts/times.js';
import { masked, msgIdIn } from '../state/bodies.js';
import { causeOf, isFiltered, isSearching } from '../state/found.js';
import { hashOf } from '../state/hash.js';
import { hasOlder, isRead, readOlder } from '../state/live-requests.js';
import { place } from '../state/place.js';
import { rowWindow } from '../state/record-list.js';
import { shownText } from '../state/secrets.js';
import { appLabel } from '../state/server-data.js';
import { durationWords, Undelivered } from './delivery.js';
import { isRowShown, moveOn, openRequest, ROW_PX, scrollToRow, shown } from './shown-requests.js';
import { toneIn, verdictOf } from './verdict.js';

const MSG_ID_SHOWN = 6;

export function RequestList() {
  const list = useRef<HTMLDivElement>(null);
  const rows = shown.value;
  const { opened } = place.value;
  const { scrolled, measure } = useVisiblePart(list, opened);
  const newCount = useScrollPosition(list, rows[0]?.id);
  // The list is one tab stop, and the arrow keys move within it: keyboard users cannot tab through a thousand rows.
  const tabStop = rows.find(({ id }) => id === opened)?.id ?? rows[0]?.id;
  const { first, end } = rowWindow({ count: rows.length, rowPx: ROW_PX, ...scrolled.value });
  const isNewHidden = newCount.value > 0 && scrolled.value.scrollTop > 0;
  return (
    <div class="request-list">
      <ListHead />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move between its links */}
      <div class="list-rows" ref={list} onScroll={measure} onKeyDown={moveOn}>
        {rows.length === 0 && <NoRows />}
        <ol style={{ height: `${rows.length * ROW_PX}px` }}>
          {rows.slice(first, end).map((record, index) => (
            <RequestRow
              key={record.id}
              record={record}
              at={first + index}
              isTabStop={record.id === tabStop}
            />
          ))}
        </ol>
        {isNewHidden && (
          <Button
            class="small new-rows"
            text={t('requests.new', { count: newCount.value })}
            onClick={() => list.current?.scrollTo({ top: 0 })}
          />
        )}
        <OlderRows />
      </div>
    </div>
  );
}

const COLUMNS = [
  ['request.at'],
  ['operation', 'row-operation'],
  ['code'],
  ['requests.why'],
  ['requests.number', 'row-who'],
  ['requests.msgId', 'row-who'],
  ['requests.client', 'row-who'],
  ['app', 'row-app'],
  ['requests.duration', 'row-duration'],
] as const;

function ListHead() {
  return (
    <div class="list-head">
      {COLUMNS.map(([name, column]) => (
        <span class={column} key={name}>
          {t(name)}
        </span>
      ))}
    </div>
  );
}

function NoRows() {
  const isLoaded = isRead.value && !isSearching.value;
  if (!isLoaded) return <Skeleton lines={8} />;
  return <p class="empty">{t(isFiltered.value ? 'requests.noneMatch' : 'requests.none')}</p>;
}

function OlderRows() {
  return hasOlder.value && !isFiltered.value ? (
    <Button class="older" text={t('requests.older')} onClick={readOlder} />
  ) : null;
}

interface ListElement {
  readonly current: HTMLDivElement | null;
}

/** The scrolled part of the list. The open row stays in it. */
function useVisiblePart(list: ListElement, opened: string | undefined) {
  const scrolled = useSignal({ scrollTop: 0, heightPx: 0 });
  const measure = () => {
    const { scrollTop = 0, clientHeight = 0 } = list.current ?? {};
    scrolled.value = { scrollTop, heightPx: clientHeight };
  };
  // Content that loads later makes the list lower: the open row stays visible.
  const keepOpened = () => {
    const { opened: id = '' } = place.peek();
    const wasShown = isRowShown(id, scrolled.peek());
    measure();
    if (wasShown) scrollToRow(id);
  };
  useLayoutEffect(() => {
    measure();
    const sizes = new ResizeObserver(keepOpened);
    if (list.current !== null) sizes.observe(list.current);
    return () => sizes.disconnect();
  }, []);
  // A link to a request shows its row.
  useLayoutEffect(() => {
    if (opened === undefined) return;
    scrollToRow(opened);
    measure();
  }, [opened, isRead.value, isSearching.value]);
  return { scrolled, measure };
}

/** Keeps the scroll position when new rows are added at the top. Returns their number since the list was at the top. */
function useScrollPosition(list: ListElement, newestId: string | undefined) {
  const before = useRef<string | undefined>(undefined);
  const added = useSignal(0);
  useLayoutEffect(() => {
    const previous = before.current;
    before.current = newestId;
    const isAtTop = list.current === null || list.current.scrollTop === 0;
    if (isAtTop) added.value = 0;
    if (list.current === null || previous === undefined || isAtTop) return;
    const at = shown.value.findIndex(({ id }) => id === previous);
    if (at <= 0) return;
    list.current.scrollTop += at * ROW_PX;
    added.value += at;
  }, [newestId]);
  return added;
}

interface RequestRowProps {
  readonly record: JournalRecord;
  /** Its index in the whole list: the page contains only some rows. */
  readonly at: number;
  readonly isTabStop: boolean;
}

function RequestRow({ record, at, isTabStop }: RequestRowProps) {
  const { id, operation, resultCode, appId, phoneNumber, clientIp, outcome, forced } = record;
  const { opened, parameters } = place.value;
  const cause = causeOf(id);
  const tone = toneIn(record, cause !== undefined);
  const msgId = msgIdIn(record);
  const isOutcomeShown = outcome !== null && !forced && resultCode !== null;
  return (
    <li
      style={{ transform: `translateY(${at * ROW_PX}px)` }}
      aria-setsize={shown.value.length}
      aria-posinset={at + 1}
    >
      <a
        href={hashOf({ view: 'requests', opened: id, parameters })}
        data-id={id}
        tabIndex={isTabStop ? 0 : -1}
        onClick={(event) => openByKey(event, id)}
        aria-current={id === opened ? 'true' : undefined}
      >
        <RowTime record={record} at={at} />
        <span class="row-operation">{t(`operation.${operation}`)}</span>
        <CodeBadge operation={operation} code={resultCode} withWords={false} tone={tone} />
        <span class={`row-why ${tone}`}>
          {isOutcomeShown && <code class="row-outcome">{outcome}</code>}
          <Undelivered record={record} />
          <span class="row-cause">{verdictOf(record, cause)}</span>
        </span>
        <span class="row-who">{phoneNumber === null ? '' : masked(phoneNumber)}</span>
        <span class="row-who">
          {msgId !== undefined && `…${shownText(msgId.slice(-MSG_ID_SHOWN))}`}
        </span>
        <span class="row-who">{clientIp}</span>
        <span class="row-app">
          {appId === null ? t('requests.noApp') : shownText(appLabel(appId))}
        </span>
        <span class="row-duration">{durationWords(record)}</span>
      </a>
    </li>
  );
}

/** The first row of a day has its date. */
function RowTime({ record: { atMs }, at }: Omit<RequestRowProps, 'isTabStop'>) {
  const above = shown.value[at - 1];
  const day = beijingDay(atMs);
  const isFirstOfDay = above === undefined || beijingDay(above.atMs) !== day;
  const [second, milliseconds] = beijingTime(atMs).split('.');
  return (
    <time class="row-time">
      {isFirstOfDay && <span class="row-day">{day} </span>}
      {second}
      <span class="row-ms">.{milliseconds}</span>
    </time>
  );
}

/** The click event of a key has a `detail` of 0. With a modifier, the browser opens another tab. */
function openByKey(event: MouseEvent, id: string): void {
  if (event.detail > 0 || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  openRequest(id);
}
