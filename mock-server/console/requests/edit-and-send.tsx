/** Sends a recorded request with changed fields, signed again or not, and shows both responses. */
import { useSignal } from '@preact/signals';
import type { JournalRecord } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { JsonText } from '../parts/code-text.js';
import { bound, Check, TextField } from '../parts/field.js';
import { Button } from '../parts/panel.js';
import { privateKeysOf } from '../state/app-state.js';
import { fieldRows, intentOf, resultCodeIn, withFields } from '../state/bodies.js';
import { exchange, type SentExchange } from '../state/carrier.js';
import { hashOf } from '../state/hash.js';
import { mockApp } from '../state/mock.js';
import { placeOfField } from '../state/operations.js';
import { appOf, operationRow } from '../state/server-data.js';

export function EditAndSend({ record }: { readonly record: JournalRecord }) {
  const { operation, method, path, request, response, appId } = record;
  const body = useSignal(request.body);
  const isSigned = useSignal(appId !== null && appOf(appId) !== undefined);
  const sent = useSignal<SentExchange | undefined>(undefined);
  const rows = fieldRows(body.value, operationRow(operation)?.requestFields ?? []);
  if (rows.length === 0) return null;
  const send = async () => {
    if (isSigned.value) body.value = await signedAgain(record, body.value);
    sent.value = await exchange({ method, path, headers: request.headers, body: body.value });
  };
  const answer = sent.value?.answer;
  return (
    <details class="edit-and-send">
      <summary>{t('edit.title')}</summary>
      <div class="fields">
        {rows.map((row) => (
          <TextField
            key={`${row.in}.${row.name}`}
            label={row.in === null ? row.name : `${row.in}.${row.name}`}
            value={row.value ?? ''}
            onChange={(value) => {
              body.value = withFields(body.value, [{ ...row, value }]);
            }}
          />
        ))}
        <Check text={t('edit.sign')} {...bound(isSigned)} />
        <Button class="primary" text={t('edit.send')} onClick={send} />
      </div>
      {sent.value !== undefined && answer === undefined && <p role="status">{t('handset.broken')}</p>}
      {answer !== undefined && (
        <div class="both-answers">
          {(['before', 'after'] as const).map((time) => {
            const text = time === 'before' ? response.body : answer.body;
            return (
              <div key={time}>
                <h4>
                  {t(`edit.${time}`)} <CodeBadge operation={operation} code={resultCodeIn(text) ?? null} />
                </h4>
                <JsonText text={text} name={t(`edit.${time}`)} />
              </div>
            );
          })}
          {answer.requestId !== undefined && (
            <a href={hashOf({ view: 'requests', opened: answer.requestId })}>{t('handset.why')}</a>
          )}
        </div>
      )}
    </details>
  );
}

/** The body with the signature of its fields. Everything else stays, also undocumented fields. */
async function signedAgain({ operation, appId }: JournalRecord, body: string): Promise<string> {
  const { signing, token = '' } = intentOf({ operation, request: { headers: {}, body } });
  const documented = fieldRows(body, operationRow(operation)?.requestFields ?? []);
  const place = placeOfField(operation, 'sign');
  const texts = documented.flatMap(({ name, value, documented: row }) =>
    row === undefined || value === undefined || name === place?.name ? [] : [[name, value]],
  );
  const privateKey = signing === 'rsa' ? privateKeysOf(appId ?? '').sign : undefined;
  const { sign } = await mockApp(appId ?? '').signedRequest({
    operation,
    token,
    signing,
    fields: Object.fromEntries(texts),
    ...(privateKey !== undefined && { privateKey }),
  });
  return place === undefined ? body : withFields(body, [{ name: place.name, in: place.part ?? null, value: sign }]);
}
