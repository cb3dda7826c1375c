/** The list of requests with its filters, and the open request. */
import { localized, t } from '../messages/message.js';
import { choices, Search, Select } from '../parts/field.js';
import { useShortcuts } from '../parts/keyboard.js';
import { Button } from '../parts/panel.js';
import { harOf } from '../state/carrier.js';
import { causes, filter, isExplained, isFiltered, isSearching, NO_FILTER } from '../state/found.js';
import { hasOlder, isRead, records } from '../state/live-requests.js';
import { OPERATIONS } from '../state/operations.js';
import { place } from '../state/place.js';
import { appOptions, carrierAddress } from '../state/server-data.js';
import { FirstUse } from './first-use.js';
import { saveFile } from './request-actions.js';
import { RequestDetail } from './request-detail.js';
import { RequestList } from './request-list.js';
import { changeFilter, clear, cleared, closeDetail, loaded, moveBy, shown, undoClear } from './shown-requests.js';

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
        {cleared.value === undefined ? <CauseList /> : <ClearedBar count={cleared.value.ids.size} />}
      </div>
      <section class="request-side" aria-label={t('view.requests')}>
        <RequestList />
      </section>
      {opened !== undefined && <RequestDetail key={opened} id={opened} />}
    </div>
  );
}

function FilterBar() {
  const { appId, operation, kind, code, text } = filter.value;
  const selects = [
    { name: 'kind', label: t('filter.kind'), value: kind, options: choices(KINDS, (name) => t(`filter.${name}`)) },
    {
      name: 'operation',
      label: t('operation'),
      value: operation,
      options: choices(OPERATIONS, (name) => t(`operation.${name}`)),
    },
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

function ClearedBar({ count }: { readonly count: number }) {
  return (
    <p class="cleared" role="status">
      {t('filter.cleared', { count: counted(count) + (!isFiltered.value && hasOlder.value ? '+' : '') })}{' '}
      <Button class="link" text={t('filter.undo')} onClick={undoClear} />
    </p>
  );
}

const KINDS = ['refused', 'answered', 'forced'] as const;
const CAUSES_SHOWN = 5;

/** The causes of the shown requests with their counts, each a filter. */
function CauseList() {
  const chosen = filter.value.cause;
  const all = causes.value;
  const rows = all.filter(({ finding }, at) => at < CAUSES_SHOWN || finding === chosen);
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
            <strong>
              {cause.count}
              {isExplained.value ? '' : '+'} ×
            </strong>{' '}
            {localized(cause.title)}
          </button>
        </li>
      ))}
      {all.length > rows.length && <li class="hint">{t('causes.more', { count: all.length - rows.length })}</li>}
    </ul>
  );
}

/** A filtered list is complete: the server searches what is not loaded. */
function countWords() {
  const total = counted(loaded.value.length) + (hasOlder.value ? '+' : '');
  const count = isFiltered.value ? counted(shown.value.length) : total;
  return t(isSearching.value ? 'filter.searching' : isFiltered.value ? 'filter.countOf' : 'filter.count', {
    count,
    total,
  });
}

/** With spaces between thousands, in both languages. */
function counted(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, '\u202f');
}

/** Saves the shown requests, for browsers, proxies and `cmpassport-mock explain`. */
function saveHar(): void {
  saveFile('requests.har', harOf(shown.value, carrierAddress.value));
}

function ListActions() {
  return (
    <div class="list-actions">
      <span class="count" role="status">
        {countWords()}
      </span>
      {isFiltered.value && <Button class="link" text={t('filter.reset')} onClick={() => changeFilter(NO_FILTER)} />}
      <Button text={t('filter.har')} onClick={saveHar} />
      <Button text={t('filter.forget')} onClick={clear} />
    </div>
  );
}
