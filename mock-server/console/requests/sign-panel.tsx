/** The string to sign, field by field: expected next to signed. */
import type { Explanation, Segment } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/code-text.js';
import { type Fact, Facts, Panel } from '../parts/panel.js';
import { type SignedField, type SignRow, signRows } from './sign-rows.js';

export function SignPanel({ explanation }: { readonly explanation: Explanation }) {
  const { stringToSign, stringToSignSegments, signedString, signedStringSegments } = explanation;
  if (stringToSign === null || stringToSignSegments === null) return null;
  return (
    <Panel title={t('sign.title')} aside={<CopyButton text={stringToSign} of={t('sign.title')} />}>
      <p class="hint">{t(leadMessage(explanation))}</p>
      {signedStringSegments === null || signedString === stringToSign ? (
        <Segments segments={stringToSignSegments} />
      ) : (
        <Compared expected={stringToSignSegments} received={signedStringSegments} />
      )}
      <Signatures explanation={explanation} />
    </Panel>
  );
}

function leadMessage({ gates, signedString, stringToSign, receivedSign }: Explanation) {
  if (signedString === stringToSign) return 'sign.sameText';
  if (signedString !== null) return 'sign.differs';
  const isWrong = gates.some(({ requires, outcome }) => requires === 'signValid' && outcome === 'unmet');
  return isWrong && receivedSign !== null ? 'sign.textUnknown' : 'sign.order';
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

interface ComparedProps {
  readonly expected: readonly Segment[];
  readonly received: readonly Segment[];
}

function Compared({ expected, received }: ComparedProps) {
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

/** Next to each other: one wrong character changes the whole signature, so a comparison would show nothing. */
function Signatures({ explanation: { expectedSign, receivedSign } }: { readonly explanation: Explanation }) {
  if (receivedSign === null) return null;
  const received = <code>{receivedSign}</code>;
  const facts: readonly Fact[] =
    expectedSign === null || expectedSign === receivedSign
      ? [['sign', received]]
      : [
          [t('sign.signExpected'), <code key="expected">{expectedSign}</code>],
          [t('sign.signReceived'), received],
        ];
  return <Facts class="facts signatures" facts={facts} />;
}
