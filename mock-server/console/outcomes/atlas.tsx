/** All result codes: a searchable list, and the selected code. */
import { useSignal } from '@preact/signals';
import type { Operation, ResultCodeRow } from '../api/schemas.js';
import { pair, t } from '../messages/message.js';
import { toneOf } from '../parts/code-badge.js';
import { ShellText } from '../parts/shell-text.js';
import { hashOf } from '../state/hash.js';
import { language, localized } from '../state/language.js';
import { place } from '../state/place.js';
import { atlas, OPERATIONS, resultCodes } from '../state/server-data.js';
import { CodePanel } from './code-panel.js';

export function Atlas() {
  const search = useSignal('');
  const { opened } = place.value;
  const rows = resultCodes.value ?? [];
  const [operation, code] = (opened ?? '').split(' ');
  // The first one, if the address names none.
  const row = rows.find((each) => each.operation === operation && each.code === code) ?? rows[0];
  return (
    <section class="panel atlas" aria-labelledby="atlas-title">
      <header>
        <h2 id="atlas-title">{t('atlas.title')}</h2>
        <input
          type="search"
          placeholder={t('atlas.search')}
          aria-label={t('atlas.search')}
          value={search.value}
          onInput={({ currentTarget }) => {
            search.value = currentTarget.value;
          }}
        />
      </header>
      <div class="atlas-columns">
        <div class="atlas-list">
          {OPERATIONS.map((name) => (
            <Codes key={name} operation={name} rows={rows.filter((each) => matches(each, search.value))} opened={row} />
          ))}
        </div>
        {row !== undefined && (
          <CodePanel key={`${row.operation} ${row.code}`} row={row} isChosen={opened !== undefined} />
        )}
      </div>
      <BeyondCodes />
    </section>
  );
}

function matches({ code, desc, descEn, cause, name }: ResultCodeRow, search: string): boolean {
  const text = `${code} ${desc} ${descEn} ${name} ${cause.en} ${cause.zh}`.toLowerCase();
  return text.includes(search.trim().toLowerCase());
}

interface CodesProps {
  readonly operation: Operation;
  readonly rows: readonly ResultCodeRow[];
  readonly opened: ResultCodeRow | undefined;
}

function Codes({ operation, rows, opened }: CodesProps) {
  const { parameters } = place.value;
  return (
    <>
      <h3>{t(`operation.${operation}`)}</h3>
      <ul>
        {rows
          .filter((row) => row.operation === operation)
          .map((row) => (
            <li key={row.code}>
              <a
                href={hashOf({ view: 'outcomes', opened: `${operation} ${row.code}`, parameters })}
                aria-current={row === opened ? 'true' : undefined}
              >
                <span class={`badge ${toneOf(row.code)}`}>{row.code}</span>
                <span>{language.value === 'zh' ? row.desc : row.descEn}</span>
              </a>
            </li>
          ))}
      </ul>
    </>
  );
}

/** Codes outside the document: their source, the client's next step, and a command for each. */
function BeyondCodes() {
  const rows = atlas.value?.beyond ?? [];
  return (
    <details class="beyond">
      <summary>{t('beyond.title')}</summary>
      <p class="hint">{t('beyond.lead')}</p>
      <ul>
        {rows.map(({ code, desc, descEn, side, source, nextStep, curl }) => (
          <li key={code}>
            <details>
              <summary>
                <span class="badge bad">{code}</span> {language.value === 'zh' ? desc : descEn}
              </summary>
              <dl class="facts">
                <div>
                  <dt>{t('beyond.source')}</dt>
                  <dd>{pair(localized(source), 'semicolon', t(`beyond.${side}`))}</dd>
                </div>
                <div>
                  <dt>{t('atlas.client')}</dt>
                  <dd>{t(`nextStep.${nextStep}`)}</dd>
                </div>
              </dl>
              {OPERATIONS.map((operation) => (
                <ShellText key={operation} text={curl[operation]} name={`curl ${operation}`} />
              ))}
            </details>
          </li>
        ))}
      </ul>
    </details>
  );
}
