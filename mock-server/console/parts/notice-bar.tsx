/** What the page has to tell, above everything else. */
import { t } from '../messages/message.js';
import { notice } from '../state/notices.js';

export function NoticeBar() {
  const told = notice.value;
  return (
    <div class="notices" role={told?.kind === 'problem' ? 'alert' : 'status'}>
      {told !== undefined && (
        <div class={`notice ${told.kind}`}>
          <span>{told.text}</span>
          <button
            type="button"
            class="small"
            onClick={() => {
              notice.value = undefined;
            }}
          >
            {t('close')}
          </button>
        </div>
      )}
    </div>
  );
}
