/** The string to sign, field by field: expected next to signed. Signatures are shown without a comparison, because one wrong character changes the whole signature. */
import type { Explanation, Segment } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { Panel } from '../parts/panel.js';
import { type SignedField, type SignRow, signRows } from './sign-rows.js';

export function SignPanel({ explanation }: { readonly explanation: Explanation }) {
  const { stringToSign, stringToSignSegments, signedString, signedStringSegments, receivedSign } = explanation;
  if (stringToSign === null || stringToSignSegments === null) return null;
  const isRight = !explanation.gates.some(({ requires, outcome }) => requires === 'signValid' && outcome === 'unmet');
  const isSameText = signedString === stringToSign;
  return (
    <Panel title={t('sign.title')} aside={<CopyButton text={stringToSign} of={t('sign.string')} label="sign.copy" />}>
      <p class="hint">
        {t(leadMessage({ isRight, isSameText, isKnown: signedString !== null, isSent: receivedSign !== null }))}
      </p>
      {signedStringSegments === null || isSameText ? (
        <Segments segments={stringToSignSegments} />
      ) : (
        <Compared expected={stringToSignSegments} received={signedStringSegments} />
      )}
      <Signatures explanation={explanation} />
    </Panel>
  );
}

interface LeadInputs {
  readonly isRight: boolean;
  readonly isSameText: boolean;
  readonly isKnown: boolean;
  readonly isSent: boolean;
}

function leadMessage({ isRight, isSameText, isKnown, isSent }: LeadInputs) {
  if (isSameText) return 'sign.sameText';
  if (isKnown) return 'sign.differs';
  return isRight || !isSent ? 'sign.order' : 'sign.textUnknown';
}

/** The pieces, in the order of joining. */
function Segments({ segments }: { readonly segments: readonly Segment[] }) {
  return (
    <ol class="segments">
      {segments.map(({ field, value }, at) => (
        // Keyed by index, because a field may be signed twice.
        <li key={at} class="segment">
          <span class="segment-field">{field}</span>
          <Shown value={value} />
        </li>
      ))}
    </ol>
  );
}

function Shown({ value }: { readonly value: string }) {
  return value === '' ? <em class="hint">{t('sign.empty')}</em> : <code>{value}</code>;
}

function Compared({
  expected,
  received,
}: {
  readonly expected: readonly Segment[];
  readonly received: readonly Segment[];
}) {
  const { rows, after } = signRows(expected, received);
  return (
    <div class="compared">
      <div class="compared-head">
        <span>{t('sign.expected')}</span>
        <span>{t('sign.signed')}</span>
      </div>
      <ol>
        {rows.map((row, at) => (
          // Keyed by index, because a moved field has two rows.
          <li key={at} class={`compared-row ${row.kind}`}>
            <Side of="expected" row={row} field={row.expected} />
            <Side of="received" row={row} field={row.received} />
          </li>
        ))}
      </ol>
      {after !== '' && (
        <p class="hint">
          {t('sign.after')} <code>{JSON.stringify(after)}</code>
        </p>
      )}
    </div>
  );
}

interface SideProps {
  readonly of: 'expected' | 'received';
  readonly row: SignRow;
  readonly field: SignedField | undefined;
}

function Side({ of, row: { kind, movedTo }, field }: SideProps) {
  if (field === undefined) {
    return (
      <div class="segment gap">
        {movedTo === undefined ? t(`sign.gap.${of}`) : t('sign.moved', { position: movedTo })}
      </div>
    );
  }
  return (
    <div class={`segment ${of}`}>
      <span class="segment-field">
        {field.field}
        {of === 'received' && kind !== 'same' && <span class="segment-note">{t(`sign.kind.${kind}`)}</span>}
      </span>
      <span>
        {field.before !== '' && <code class="segment-before">{field.before}</code>}
        <Shown value={field.value} />
      </span>
    </div>
  );
}

function Signatures({ explanation: { expectedSign, receivedSign } }: { readonly explanation: Explanation }) {
  if (receivedSign === null) return null;
  if (expectedSign === null || expectedSign === receivedSign) {
    return (
      <dl class="facts signatures">
        <div>
          <dt>sign</dt>
          <dd>
            <code>{receivedSign}</code>
          </dd>
        </div>
      </dl>
    );
  }
  return (
    <dl class="facts signatures">
      <div>
        <dt>{t('sign.signExpected')}</dt>
        <dd>
          <code>{expectedSign}</code>
        </dd>
      </div>
      <div>
        <dt>{t('sign.signReceived')}</dt>
        <dd>
          <code>{receivedSign}</code>
        </dd>
      </div>
    </dl>
  );
}
