/** The fields of a request or an answer, each explained. */
import { t } from '../messages/message.js';
import { said } from '../state/language.js';
import type { FieldRow } from './body-fields.js';

export function FieldsTable({ rows, caption }: { readonly rows: readonly FieldRow[]; readonly caption: string }) {
  return (
    <div class="table-scroll">
      <table class="fields-table">
        <caption class="off-screen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{t('field.value')}</th>
            <th scope="col">{t('field.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.in}.${row.name}`} class={row.documented === undefined ? 'unknown' : undefined}>
              <th scope="row">
                <code>{row.in === null ? row.name : `${row.in}.${row.name}`}</code>
              </th>
              <td>{row.value === undefined ? <Absent row={row} /> : <code>{row.value}</code>}</td>
              <td>
                {row.documented === undefined ? t('field.unknown') : said(row.documented.meaning)}
                {row.documented?.rule !== undefined && <span class="hint"> {said(row.documented.rule)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Absent({ row }: { readonly row: FieldRow }) {
  return row.documented?.required === true ? (
    <strong class="wrong">{t('field.missing')}</strong>
  ) : (
    <span class="hint">{t('field.absent')}</span>
  );
}
