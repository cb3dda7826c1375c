/** The current notice. It overlays a corner of the page, so that no content moves. */
import { t } from '../messages/message.js';
import { closeNotice, notice } from '../state/notices.js';

export function Toast() {
  const shown = notice.value;
  return (
    <div class="toast" role={shown?.kind === 'problem' ? 'alert' : 'status'}>
      {shown !== undefined && (
        <div class={`notice ${shown.kind}`}>
          <span>{shown.text}</span>
          <button type="button" class="small" onClick={closeNotice}>
            {t('close')}
          </button>
        </div>
      )}
    </div>
  );
}
