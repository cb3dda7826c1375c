/** The text that was signed beside the one that is due, with the difference marked character by character. */
import type { Explanation } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { Panel } from '../parts/panel.js';
import { type TextPart, textDifference } from './text-difference.js';

export function SignComparison({ explanation }: { readonly explanation: Explanation }) {
  const { stringToSign, signedString, expectedSign, receivedSign } = explanation;
  if (stringToSign === null) return null;
  return (
    <Panel title={t('sign.title')} aside={<CopyButton text={stringToSign} of={t('sign.due')} />}>
      <Compared name="sign.text" received={signedString} expected={stringToSign} />
      {receivedSign !== null && expectedSign !== null && (
        <Compared name="sign.sign" received={receivedSign} expected={expectedSign} />
      )}
      {receivedSign !== null && receivedSign !== expectedSign && signedString === null && (
        <p class="hint">{t('sign.textUnknown')}</p>
      )}
      {signedString !== null && signedString === stringToSign && <p class="hint">{t('sign.sameText')}</p>}
    </Panel>
  );
}

interface ComparedProps {
  readonly name: 'sign.text' | 'sign.sign';
  /** null where only the one that is due is known. */
  readonly received: string | null;
  readonly expected: string;
}

function Compared({ name, received, expected }: ComparedProps) {
  const parts = received === null || received === expected ? undefined : textDifference(received, expected);
  return (
    <dl class="compared">
      <dt>{t(`${name}.due`)}</dt>
      <dd>{parts === undefined ? <code>{expected}</code> : <Side parts={parts} of="expected" />}</dd>
      {received !== null && received !== expected && (
        <>
          <dt>{t(`${name}.received`)}</dt>
          <dd>{parts === undefined ? <code>{received}</code> : <Side parts={parts} of="received" />}</dd>
        </>
      )}
    </dl>
  );
}

function Side({ parts, of }: { readonly parts: readonly TextPart[]; readonly of: 'received' | 'expected' }) {
  const Mark = of === 'expected' ? 'ins' : 'del';
  return (
    <code class="marked">
      {parts
        .filter((part) => part.in === 'both' || part.in === of)
        // By their place: parts have no other name.
        .map((part, at) =>
          part.in === 'both' ? <span key={at}>{part.text}</span> : <Mark key={at}>{part.text}</Mark>,
        )}
    </code>
  );
}
