/** Changes of an app's settings, told and seen at once. */
import { answerOf, control } from '../api/control-client.js';
import type { AppChange } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { attempt, tellDone } from '../state/notices.js';
import { apps } from '../state/server-data.js';

/** Whether it was taken. */
export async function changeApp(appId: string, body: AppChange): Promise<boolean> {
  return attempt(async () => {
    await answerOf(control.PATCH('/_mock/apps/{appId}', { params: { path: { appId } }, body }));
    await apps.reload();
    tellDone(t('saved'));
  });
}
