/** A button for an action that cannot be undone: it asks for confirmation. */
import { useSignal } from '@preact/signals';
import { t } from '../messages/message.js';

interface ConfirmButtonProps {
  readonly text: string;
  readonly question: string;
  readonly onConfirm: () => void;
  readonly isSmall?: boolean;
}

export function ConfirmButton({ text, question, onConfirm, isSmall = false }: ConfirmButtonProps) {
  const isAsking = useSignal(false);
  const ask = (asking: boolean) => () => {
    isAsking.value = asking;
  };
  if (!isAsking.value) {
    return (
      <button type="button" class={isSmall ? 'small' : undefined} onClick={ask(true)}>
        {text}
      </button>
    );
  }
  return (
    <span class="confirm">
      <span role="alert">{question}</span>
      <button
        type="button"
        class="danger"
        ref={(button) => button?.focus()}
        onClick={() => {
          isAsking.value = false;
          onConfirm();
        }}
      >
        {text}
      </button>
      <button type="button" onClick={ask(false)}>
        {t('cancel')}
      </button>
    </span>
  );
}
