/** The fields of a request or response, each with its description below its name. */
import { t } from '../messages/message.js';
import { localized } from '../state/language.js';
import type { FieldRow } from './body-fields.js';

export function FieldsTable({ rows, caption }: { readonly rows: readonly FieldRow[]; readonly caption: string }) {
  return (
    <table class="fields-table">
      <caption class="off-screen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('field.value')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.in}.${row.name}`} class={row.documented === undefined ? 'unknown' : undefined}>
            <th scope="row">
              <code>{row.in === null ? row.name : `${row.in}.${row.name}`}</code>
              <span class="hint">
                {row.documented === undefined ? t('field.unknown') : localized(row.documented.meaning)}
              </span>
            </th>
            <td>{row.value === undefined ? <Absent row={row} /> : <code>{row.value}</code>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Absent({ row: { documented } }: { readonly row: FieldRow }) {
  if (documented?.required !== true) return <span class="hint">{t('field.absent')}</span>;
  return (
    <>
      <strong class="wrong">{t('field.missing')}</strong>
      {documented.rule !== undefined && <span class="hint">{localized(documented.rule)}</span>}
    </>
  );
}
