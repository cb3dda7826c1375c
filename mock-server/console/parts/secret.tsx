/** A credential, hidden until the user shows it. It can be copied while hidden. */
import { useSignal } from '@preact/signals';
import { t } from '../messages/message.js';
import { CopyButton } from './copy-button.js';

export function Secret({ name, value }: { readonly name: string; readonly value: string }) {
  const isShown = useSignal(false);
  return (
    <span class="secret">
      <code>{isShown.value ? value : '••••••••••••'}</code>
      <button
        type="button"
        class="small"
        aria-pressed={isShown.value}
        aria-label={`${t(isShown.value ? 'hide' : 'show')}: ${name}`}
        onClick={() => {
          isShown.value = !isShown.value;
        }}
      >
        {t(isShown.value ? 'hide' : 'show')}
      </button>
      <CopyButton text={value} of={name} />
    </span>
  );
}
