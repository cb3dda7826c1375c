/** The requests as they come, and the one that is opened. */
import { t } from '../messages/message.js';
import { isRead, records } from '../state/live-requests.js';
import { place } from '../state/place.js';
import { FilterBar } from './filter-bar.js';
import { FirstUse } from './first-use.js';
import { RequestDetail } from './request-detail.js';
import { RequestList } from './request-list.js';

export function RequestsView() {
  const { opened } = place.value;
  if (opened === undefined && isRead.value && records.value.length === 0) return <FirstUse />;
  return (
    <div class={opened === undefined ? 'requests' : 'requests with-detail'}>
      <section class="request-side" aria-label={t('view.requests')}>
        <h1 class="off-screen">{t('view.requests')}</h1>
        <FilterBar />
        <RequestList />
      </section>
      {opened !== undefined && <RequestDetail key={opened} id={opened} />}
    </div>
  );
}
