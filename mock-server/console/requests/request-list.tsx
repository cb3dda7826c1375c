/** The list of requests. It can have thousands of rows; the page contains only those near the visible part. */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { JournalRecord } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { language } from '../state/language.js';
import { hasOlder, readOlder } from '../state/live-requests.js';
import { attempt } from '../state/notices.js';
import { place } from '../state/place.js';
import { requestFindings } from '../state/record-findings.js';
import { moveOn, ROW_PX } from './move-in-list.js';
import { RequestRow } from './request-row.js';
import { rowWindow } from './row-window.js';
import { filterParameters, isFiltered, shown } from './shown-requests.js';
import { isWorthExplaining } from './verdict.js';

const AROUND = 8;

export function RequestList() {
  const list = useRef<HTMLDivElement>(null);
  const scrolled = useSignal({ scrollTop: 0, heightPx: 0 });
  const rows = shown.value;
  const measure = () => {
    const { scrollTop = 0, clientHeight = 0 } = list.current ?? {};
    scrolled.value = { scrollTop, heightPx: clientHeight };
  };
  useLayoutEffect(() => {
    measure();
    const sizes = new ResizeObserver(measure);
    if (list.current !== null) sizes.observe(list.current);
    return () => sizes.disconnect();
  }, []);
  useScrollPosition(list, rows[0]?.id);
  // The list is one tab stop, and the arrow keys move within it: keyboard users cannot tab through a thousand rows.
  const tabStop = rows.find(({ id }) => id === place.value.opened)?.id ?? rows[0]?.id;
  const { first, end } = rowWindow({ count: rows.length, rowPx: ROW_PX, around: AROUND, ...scrolled.value });
  const visible = rows.slice(first, end);
  useExplanations(visible);
  return (
    <div class="request-list">
      <div class="list-head">
        <span>{t('requests.time')}</span>
        <span class="row-operation">{t('operation')}</span>
        <span>{t('code')}</span>
        <span>{t('requests.why')}</span>
        <span class="row-app">{t('app')}</span>
        <span class="row-duration">{t('requests.duration')}</span>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move between its links */}
      <div class="list-rows" ref={list} onScroll={measure} onKeyDown={moveOn}>
        {rows.length === 0 && <p class="empty">{t(isFiltered.value ? 'requests.noneMatch' : 'requests.none')}</p>}
        <ol style={{ height: `${rows.length * ROW_PX}px` }}>
          {visible.map((record, at) => (
            <RequestRow
              key={record.id}
              record={record}
              position={first + at + 1}
              count={rows.length}
              topPx={(first + at) * ROW_PX}
              parameters={filterParameters.value}
              isOpened={record.id === place.value.opened}
              isTabStop={record.id === tabStop}
            />
          ))}
        </ol>
        {hasOlder.value && (
          <button type="button" class="older" onClick={() => void attempt(readOlder)}>
            {t('requests.older')}
          </button>
        )}
      </div>
    </div>
  );
}

function useExplanations(records: readonly JournalRecord[]): void {
  const ids = records.filter(isWorthExplaining).map(({ id }) => id);
  useEffect(() => requestFindings(ids), [ids.join(), language.value]);
}

/** Keeps the scroll position when new rows are added at the top. */
function useScrollPosition(list: { readonly current: HTMLDivElement | null }, newestId: string | undefined): void {
  const before = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const previous = before.current;
    before.current = newestId;
    if (list.current === null || previous === undefined || list.current.scrollTop === 0) return;
    const at = shown.value.findIndex(({ id }) => id === previous);
    if (at > 0) list.current.scrollTop += at * ROW_PX;
  }, [newestId]);
}
