/** The unsaved edits of each app. They are kept while the page is open, and saved together. */
import { signal } from '@preact/signals';
import { answerOf, control } from '../api/control-client.js';
import type { App } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { attempt, notifyDone } from '../state/notices.js';
import { apps, readings } from '../state/server-data.js';
import { type AppEdits, type AppForm, changedFields, changesOf, formOf, mergeEdits, wrongFields } from './app-edits.js';

const NONE: AppEdits = {};
const edits = signal<Readonly<Record<string, AppEdits>>>({});

/** An app with its unsaved edits, as the sections of its page receive it. */
export interface EditedApp {
  readonly app: App;
  readonly form: AppForm;
  readonly changed: readonly string[];
  readonly wrong: readonly string[];
  readonly edit: (more: AppEdits) => void;
}

export function editedApp(app: App): EditedApp {
  const own = edits.value[app.appId] ?? NONE;
  const form = formOf(app, own);
  return {
    app,
    form,
    changed: changedFields(app, own),
    wrong: wrongFields(form, readings.value ?? []),
    edit: (more) => {
      edits.value = { ...edits.value, [app.appId]: mergeEdits(own, more) };
    },
  };
}

export function discardEdits(appId: string): void {
  const { [appId]: _, ...others } = edits.value;
  edits.value = others;
}

export async function saveEdits(app: App): Promise<void> {
  const body = changesOf(app, edits.value[app.appId] ?? NONE);
  await attempt(async () => {
    await answerOf(control.PATCH('/_mock/apps/{appId}', { params: { path: { appId: app.appId } }, body }));
    await apps.reload();
    discardEdits(app.appId);
    notifyDone(t('saved'));
  });
}
