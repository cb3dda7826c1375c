/** The list of requests with its filters, and the open request. */
import { localized, t } from '../messages/message.js';
import { choices, Search, Select } from '../parts/field.js';
import { useShortcuts } from '../parts/keyboard.js';
import { Button, ConfirmButton } from '../parts/panel.js';
import { filter, isFiltered, isSearching } from '../state/found-requests.js';
import { forgetRequests, hasOlder, isRead, records } from '../state/live-requests.js';
import { OPERATIONS } from '../state/operations.js';
import { place } from '../state/place.js';
import { KINDS } from '../state/record-list.js';
import { appLabel, appOptions, carrierAddress } from '../state/server-data.js';
import { FirstUse } from './first-use.js';
import { harOf } from './har.js';
import { saveFile } from './request-actions.js';
import { RequestDetail } from './request-detail.js';
import { RequestList } from './request-list.js';
import { changeFilter, closeDetail, moveBy, shown, shownCauses } from './shown-requests.js';

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
        <CauseList />
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

const CAUSES_SHOWN = 5;

/** The causes of the shown requests with their counts, each a filter. */
function CauseList() {
  const { finding } = filter.value;
  const all = shownCauses.value;
  const rows = all.filter((cause, at) => at < CAUSES_SHOWN || cause.finding === finding);
  if (rows.length === 0) return null;
  return (
    <ul class="cause-list" aria-label={t('causes.title')}>
      {rows.map((cause) => (
        <li key={cause.finding}>
          <button
            type="button"
            class={cause.role}
            aria-pressed={cause.finding === finding}
            onClick={() => changeFilter({ finding: cause.finding === finding ? '' : cause.finding })}
          >
            <strong>{cause.count} ×</strong> {localized(cause.title)}
          </button>
        </li>
      ))}
      {all.length > rows.length && <li class="hint">{t('causes.more', { count: all.length - rows.length })}</li>}
    </ul>
  );
}

const ALL = { appId: '', operation: '', kind: '', code: '', finding: '', text: '' };

/** A filtered list is complete: the server searches what is not loaded. */
function countWords() {
  const total = counted(records.value.length) + (hasOlder.value ? '+' : '');
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
  const { appId } = filter.value;
  return (
    <div class="list-actions">
      <span class="count" role="status">
        {countWords()}
      </span>
      {isFiltered.value && <Button class="link" text={t('filter.reset')} onClick={() => changeFilter(ALL)} />}
      <Button text={t('filter.har')} onClick={saveHar} />
      <ConfirmButton
        text={t('filter.forget')}
        question={appId === '' ? t('filter.forgetQuestion') : t('filter.forgetOfApp', { app: appLabel(appId) })}
        onClick={() => forgetRequests(appId)}
      />
    </div>
  );
}
