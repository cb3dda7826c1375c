/** The list of requests with its filters, and the open request. */
import type { JournalRecord } from '../../../src/control/api.js';
import { localized, t } from '../messages/message.js';
import { choices, Search, Select } from '../parts/field.js';
import { useShortcuts } from '../parts/keyboard.js';
import { Button, ConfirmButton } from '../parts/panel.js';
import { harOf } from '../state/carrier.js';
import { causes, filter, isExplained, isFiltered, isSearching, NO_FILTER } from '../state/found.js';
import { hasOlder, isRead, records } from '../state/live-requests.js';
import { place } from '../state/place.js';
import { appOptions, carrierAddress, operationOptions } from '../state/server-data.js';
import { FirstUse } from './first-use.js';
import { saveFile } from './request-actions.js';
import { RequestDetail } from './request-detail.js';
import { RequestList } from './request-list.js';
import { changeFilter, clear, closeDetail, moveBy, shown } from './shown-requests.js';

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
      <div class="list-tools">
        <FilterBar />
      </div>
      <section class="request-side" aria-label={t('view.requests')}>
        <CauseList />
        <RequestList />
        <p class="hint keys">{t('requests.keys')}</p>
      </section>
      {opened !== undefined && <RequestDetail key={opened} id={opened} />}
    </div>
  );
}

function FilterBar() {
  const { appId, operation, kind, code, text } = filter.value;
  const kinds = choices(['refused', 'answered', 'forced'], (name) => t(`filter.${name}`));
  const selects = [
    { name: 'kind', label: t('filter.kind'), value: kind, options: kinds },
    { name: 'operation', label: t('operation'), value: operation, options: operationOptions() },
    { name: 'appId', label: t('app'), value: appId, options: appOptions() },
  ];
  return (
    <search class="filter-bar">
      <Search
        class="search"
        label={t('filter.text')}
        value={text}
        onChange={(value) => changeFilter({ text: value })}
      />
      {selects.map(({ name, label, value, options }) => (
        <Select
          key={name}
          class={value === '' ? undefined : 'chosen'}
          aria-label={label}
          options={[{ value: '', text: t('filter.all', { what: label }) }, ...options]}
          value={value}
          onChange={(chosen) => changeFilter({ [name]: chosen })}
        />
      ))}
      <input
        class="code-filter"
        inputMode="numeric"
        value={code}
        placeholder={t('code')}
        aria-label={t('code')}
        onInput={({ currentTarget }) => changeFilter({ code: currentTarget.value.trim() })}
      />
      <ListActions />
    </search>
  );
}

/** The causes of the shown requests with their counts, each a filter. */
function CauseList() {
  const chosen = filter.value.cause;
  const rows = causes.value;
  if (rows.length === 0) return null;
  return (
    <ul class="cause-list" aria-label={t('causes.title')}>
      {rows.map((cause) => (
        <li key={cause.finding}>
          <button
            type="button"
            class={cause.role}
            aria-pressed={cause.finding === chosen}
            onClick={() => changeFilter({ cause: cause.finding === chosen ? '' : cause.finding })}
          >
            <strong>{`${cause.count}${isExplained.value ? '' : '+'} ×`}</strong>{' '}
            {localized(cause.title)}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** With spaces between thousands, in both languages. */
function counted(list: readonly JournalRecord[]): string {
  const digits = String(list.length).replace(/\B(?=(?:\d{3})+$)/g, '\u202f');
  return list === records.value && hasOlder.value ? `${digits}+` : digits;
}

function ListActions() {
  const words = isFiltered.value ? 'filter.countOf' : 'filter.count';
  const [newest] = shown.value;
  const counts = { count: counted(shown.value), total: counted(records.value) };
  return (
    <div class="list-actions">
      <span class="count" role="status">
        {t(isSearching.value ? 'filter.searching' : words, counts)}
      </span>
      {isFiltered.value && (
        <Button class="link" text={t('filter.reset')} onClick={() => changeFilter(NO_FILTER)} />
      )}
      <Button
        text={t('filter.har')}
        onClick={() => saveFile('requests.har', harOf(shown.value, carrierAddress.value))}
      />
      <ConfirmButton
        text={t('filter.forget')}
        question={t('filter.forgetQuestion', { count: counts.count })}
        onClick={() => clear(newest)}
      />
    </div>
  );
}
