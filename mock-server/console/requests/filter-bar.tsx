/** The filters of the request list, and the button that clears it. */
import { t } from '../messages/message.js';
import { ConfirmButton } from '../parts/confirm-button.js';
import { choiceLabel } from '../state/app-names.js';
import { forgetRequests, hasOlder } from '../state/live-requests.js';
import { attempt } from '../state/notices.js';
import { apps, OPERATIONS } from '../state/server-data.js';
import { KINDS } from './filter-records.js';
import { changeFilter, filter, isFiltered, shown } from './shown-requests.js';

interface Choice {
  readonly value: string;
  readonly text: string;
}

export function FilterBar() {
  const { appId, operation, kind, code, text } = filter.value;
  return (
    <search class="filter-bar">
      <input
        type="search"
        class="search"
        value={text}
        placeholder={t('filter.text')}
        aria-label={t('filter.text')}
        onInput={({ currentTarget }) => changeFilter({ text: currentTarget.value })}
      />
      <FilterSelect
        label={t('filter.kind')}
        value={kind}
        choices={KINDS.map((name) => ({ value: name, text: t(`filter.${name}`) }))}
        onChange={(value) => changeFilter({ kind: value })}
      />
      <FilterSelect
        label={t('operation')}
        value={operation}
        choices={OPERATIONS.map((name) => ({ value: name, text: t(`operation.${name}`) }))}
        onChange={(value) => changeFilter({ operation: value })}
      />
      <FilterSelect
        label={t('app')}
        value={appId}
        choices={(apps.value ?? []).map((app) => ({ value: app.appId, text: choiceLabel(app) }))}
        onChange={(value) => changeFilter({ appId: value })}
      />
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

interface FilterSelectProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}

function FilterSelect({ label, value, choices, onChange }: FilterSelectProps) {
  return (
    <select
      aria-label={label}
      class={value === '' ? undefined : 'chosen'}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      <option value="">{t('filter.all', { what: label })}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.text}
        </option>
      ))}
    </select>
  );
}

const ALL = { appId: '', operation: '', kind: '', code: '', text: '' };

function ListActions() {
  return (
    <div class="list-actions">
      <span class="count" role="status">
        {t(hasOlder.value ? 'filter.countOfLoaded' : 'filter.count', { count: shown.value.length })}
      </span>
      {isFiltered.value && (
        <button type="button" class="link" onClick={() => changeFilter(ALL)}>
          {t('filter.reset')}
        </button>
      )}
      <ConfirmButton
        text={t('filter.forget')}
        question={t('filter.forgetQuestion')}
        onConfirm={() => void attempt(forgetRequests)}
      />
    </div>
  );
}
