/** The string to sign, field by field: expected next to signed. */
import type { Explanation, Segment } from '../../../src/control/api.js';
import { LIST_COMMA } from '../../../src/text/bilingual.js';
import { language, t } from '../messages/message.js';
import { CopyButton, Secret } from '../parts/code-text.js';
import { type Fact, Facts, Panel } from '../parts/panel.js';
import { masked, shownText } from '../state/secrets.js';
import { type SignRow, signRows, splitAtDifference } from './sign-rows.js';

export function SignPanel({ explanation }: { readonly explanation: Explanation }) {
  const { stringToSign, stringToSignSegments, signedString, signedStringSegments } = explanation;
  if (stringToSign === null || stringToSignSegments === null) return null;
  return (
    <Panel title={t('sign.title')} aside={<CopyButton text={stringToSign} of={t('sign.title')} />}>
      <p class="hint">{t(leadMessage(explanation))}</p>
      {signedStringSegments === null || signedString === stringToSign ? (
        <ol class="segments">
          {stringToSignSegments.map(({ field, value }, at) => (
            // Keyed by index, because a field may be signed twice.
            <li key={at} class="segment">
              <span class="segment-field">{field}</span>
              <Shown field={field} value={value} />
            </li>
          ))}
        </ol>
      ) : (
        <Compared expected={stringToSignSegments} received={signedStringSegments} />
      )}
      <Signatures explanation={explanation} />
    </Panel>
  );
}

function leadMessage({ findings, signedString, stringToSign }: Explanation) {
  if (signedString === stringToSign) return 'sign.sameText';
  if (signedString !== null) return 'sign.differs';
  return findings.some(({ id }) => id === 'sign.no-match') ? 'sign.textUnknown' : 'sign.order';
}

interface ShownProps {
  readonly field: string | null;
  readonly value: string;
  /** The value on the other side, if the characters that differ are marked. */
  readonly other?: string | undefined;
}

function Shown({ field, value, other = value }: ShownProps) {
  if (value === '') return <em class="hint">{t('sign.empty')}</em>;
  const isSecret = field === 'appKey' || field === 'appSecret' || masked(value) !== value;
  if (isSecret) return <Secret name={field ?? t('sign.title')} value={value} />;
  const [before, different, after] = splitAtDifference(value, other);
  return (
    <code>
      {shownText(before)}
      {different !== '' && <mark>{shownText(different)}</mark>}
      {shownText(after)}
    </code>
  );
}

function Compared({ expected, received }: Record<'expected' | 'received', readonly Segment[]>) {
  const { rows, after } = signRows(expected, received);
  const equal = rows.filter(({ kind }) => kind === 'same');
  return (
    <div class="compared">
      <div class="compared-head">
        <span>{t('sign.expected')}</span>
        <span>{t('sign.signed')}</span>
      </div>
      {equal.length > 0 && (
        <p class="hint">
          {t('sign.equal', {
            count: equal.length,
            fields: equal.map(({ expected: own }) => own?.field).join(LIST_COMMA[language.value]),
          })}
        </p>
      )}
      <ol>
        {rows
          .filter(({ kind }) => kind !== 'same')
          .map((row, at) => (
            // Keyed by index, because a moved field has two rows.
            <li key={at} class={`compared-row ${row.kind}`}>
              <Side of="expected" row={row} />
              <Side of="received" row={row} />
            </li>
          ))}
      </ol>
      {after !== '' && (
        <p class="hint">
          {t('sign.after')} <code>{shownText(JSON.stringify(after))}</code>
        </p>
      )}
    </div>
  );
}

function Side({ of, row }: { readonly of: 'expected' | 'received'; readonly row: SignRow }) {
  const { [of]: own, kind, movedTo } = row;
  if (own === undefined) {
    const text =
      movedTo === undefined ? t(`sign.gap.${of}`) : t('sign.moved', { position: movedTo });
    return <div class="segment gap">{text}</div>;
  }
  const other =
    kind === 'value' ? row[of === 'expected' ? 'received' : 'expected']?.value : undefined;
  return (
    <div class={`segment ${of}`}>
      <span class="segment-field">
        {own.field}
        {of === 'received' && kind !== 'same' && (
          <span class="segment-note">{t(`sign.kind.${kind}`)}</span>
        )}
      </span>
      <span>
        {own.before !== '' && <code class="segment-before">{shownText(own.before)}</code>}
        <Shown field={own.field} value={own.value} other={other} />
      </span>
    </div>
  );
}

/** Next to each other: one wrong character changes the whole signature, so a comparison would show nothing. */
function Signatures({
  explanation: { expectedSign, receivedSign },
}: {
  readonly explanation: Explanation;
}) {
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
