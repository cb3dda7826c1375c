/** The list of requests, and the open request. */
import { t } from '../messages/message.js';
import { isRead, records } from '../state/live-requests.js';
import { place } from '../state/place.js';
import { useShortcuts } from '../state/shortcuts.js';
import { FilterBar } from './filter-bar.js';
import { FirstUse } from './first-use.js';
import { closeDetail, moveBy } from './move-in-list.js';
import { RequestDetail } from './request-detail.js';
import { RequestList } from './request-list.js';

export function RequestsView() {
  const { opened } = place.value;
  useShortcuts({
    j: () => moveBy(1),
    k: () => moveBy(-1),
    Escape: closeDetail,
    '/': () => document.querySelector<HTMLElement>('.search')?.focus(),
  });
  if (opened === undefined && isRead.value && records.value.length === 0) return <FirstUse />;
  return (
    <div class={opened === undefined ? 'requests' : 'requests with-detail'}>
      <h1 class="off-screen">{t('view.requests')}</h1>
      <FilterBar />
      <section class="request-side" aria-label={t('view.requests')}>
        <RequestList />
      </section>
      {opened !== undefined && <RequestDetail key={opened} id={opened} />}
    </div>
  );
}
