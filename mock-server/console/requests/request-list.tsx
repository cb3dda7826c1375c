/** The list itself: thousands of rows, of which those in sight are in the page. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../messages/message.js';
import { hasOlder, readOlder } from '../state/live-requests.js';
import { attempt } from '../state/notices.js';
import { goTo, place } from '../state/place.js';
import { RequestRow } from './request-row.js';
import { rowWindow } from './row-window.js';
import { filterParameters, isFiltered, shown } from './shown-requests.js';

/** As the style sheet has it. */
const ROW_PX = 52;
const AROUND = 8;
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

export function RequestList() {
  const list = useRef<HTMLDivElement>(null);
  const scrolled = useSignal({ scrollTop: 0, heightPx: 0 });
  const rows = shown.value;
  const look = () => {
    const { scrollTop = 0, clientHeight = 0 } = list.current ?? {};
    scrolled.value = { scrollTop, heightPx: clientHeight };
  };
  useLayoutEffect(() => {
    look();
    const sizes = new ResizeObserver(look);
    if (list.current !== null) sizes.observe(list.current);
    return () => sizes.disconnect();
  }, []);
  stayWithRows(list, rows[0]?.id);
  // One stop for the Tab key, the arrow keys for the rest: a thousand stops would keep whoever has no mouse.
  const tabStop = rows.find(({ id }) => id === place.value.opened)?.id ?? rows[0]?.id;
  const { first, end } = rowWindow({ count: rows.length, rowPx: ROW_PX, around: AROUND, ...scrolled.value });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move among the links in it
    <div class="request-list" ref={list} onScroll={look} onKeyDown={moveOn}>
      {rows.length === 0 && <p class="empty">{t(isFiltered.value ? 'requests.noneMatch' : 'requests.none')}</p>}
      <ol style={{ height: `${rows.length * ROW_PX}px` }}>
        {rows.slice(first, end).map((record, at) => (
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
  );
}

/** New rows come in above: whoever has scrolled down keeps what is before their eyes. */
function stayWithRows(list: { readonly current: HTMLDivElement | null }, newestId: string | undefined): void {
  const before = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const previous = before.current;
    before.current = newestId;
    if (list.current === null || previous === undefined || list.current.scrollTop === 0) return;
    const at = shown.value.findIndex(({ id }) => id === previous);
    if (at > 0) list.current.scrollTop += at * ROW_PX;
  }, [newestId]);
}

/** From the row that is opened, or focused, to its neighbours. */
function moveOn(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const rows = shown.value;
  if (step === undefined || rows.length === 0) return;
  event.preventDefault();
  const focused = (document.activeElement as HTMLElement | null)?.dataset['id'];
  const at = rows.findIndex(({ id }) => id === (focused ?? place.value.opened));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (next === undefined) return;
  goTo({ view: 'requests', opened: next.id, parameters: filterParameters.value });
  requestAnimationFrame(() => bringIntoSight(next.id, rows.indexOf(next)));
}

function bringIntoSight(id: string, at: number): void {
  const list = document.querySelector('.request-list');
  if (list === null) return;
  const topPx = at * ROW_PX;
  if (topPx < list.scrollTop) list.scrollTop = topPx;
  if (topPx + ROW_PX > list.scrollTop + list.clientHeight) list.scrollTop = topPx + ROW_PX - list.clientHeight;
  requestAnimationFrame(() => list.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus());
}
