/** The unsaved edits of each app. They are kept while the page is open, and saved together. */
import { signal } from '@preact/signals';
import type { App } from '../../../src/control/api.js';
import { ControlError } from '../../../src/control/errors.js';
import { t } from '../messages/message.js';
import { mockApp } from '../state/mock.js';
import { attempt, notifyDone, withoutPointer } from '../state/notices.js';
import { apps } from '../state/server-data.js';
import { type AppEdits, type AppForm, changedPaths, changesOf, formOf, type Path } from './app-edits.js';

const NONE: AppEdits = {};
const edits = signal<Readonly<Record<string, AppEdits>>>({});
/** A setting that the server refused, until it is changed or discarded. */
const refused = signal<{ readonly appId: string; readonly path: string; readonly text: string } | undefined>(undefined);

/** An app with its unsaved edits, as the sections of its page receive it. */
export interface EditedApp {
  readonly app: App;
  readonly changed: number;
  /** What an input needs to show and change a setting. */
  readonly input: <P extends Path>(path: P) => InputProps<AppForm[P]>;
}

interface InputProps<T> {
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly problem: string | undefined;
}

export function editedApp(app: App): EditedApp {
  const own = edits.value[app.appId] ?? NONE;
  const form = formOf(app, own);
  return {
    app,
    changed: changedPaths(app, own).length,
    input: (path) => {
      const { appId, path: refusedPath, text } = refused.value ?? {};
      const refusal = appId === app.appId && refusedPath === path ? text : undefined;
      return {
        value: form[path],
        onChange: (value) => {
          if (refused.value?.path === path) refused.value = undefined;
          edits.value = { ...edits.value, [app.appId]: { ...own, [path]: value } };
        },
        problem: refusal,
      };
    },
  };
}

export function discardEdits(appId: string): void {
  const { [appId]: _, ...others } = edits.value;
  edits.value = others;
  refused.value = undefined;
}

export function saveEdits(app: App): Promise<boolean> {
  return attempt(async () => {
    try {
      await mockApp(app.appId).update(changesOf(app, edits.value[app.appId] ?? NONE));
    } catch (error) {
      const path = error instanceof ControlError ? error.pointer?.slice(1).replace('/', '.') : undefined;
      if (!(error instanceof ControlError) || path === undefined || !(path in formOf(app, {}))) throw error;
      refused.value = { appId: app.appId, path, text: withoutPointer(error) };
      return;
    }
    await apps.reload();
    discardEdits(app.appId);
    notifyDone(t('saved'));
  });
}
