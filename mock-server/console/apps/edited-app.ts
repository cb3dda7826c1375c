/** The unsaved edits of each app. They are kept while the page is open, and saved together. */
import { signal } from '@preact/signals';
import type { App } from '../../../src/control/api.js';
import { ControlError } from '../../../src/control/errors.js';
import { t } from '../messages/message.js';
import { changeApp } from '../state/app-state.js';
import { notifyDone, withoutPointer } from '../state/notices.js';
import {
  type AppEdits,
  type AppForm,
  changedPaths,
  changesOf,
  formOf,
  type Path,
} from './app-edits.js';

const NONE: AppEdits = {};
const edits = signal<Readonly<Record<string, AppEdits>>>({});
/** A setting that the server refused, until it is changed or discarded. */
const refused = signal<
  { readonly appId: string; readonly path: string; readonly text: string } | undefined
>(undefined);

/** An app with its unsaved edits, as the sections of its page receive it. */
export interface EditedApp {
  readonly app: App;
  readonly changed: number;
  /** What an input needs to show and change a setting. */
  readonly input: <P extends Path>(path: P) => SettingInput<AppForm[P]>;
}

export interface SettingInput<T> {
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly problem: string | undefined;
}

export function editedApp(app: App): EditedApp {
  const own = edits.value[app.appId] ?? NONE;
  const form = formOf(app, own);
  const refusal = refused.value?.appId === app.appId ? refused.value : undefined;
  return {
    app,
    changed: changedPaths(app, own).length,
    input: (path) => ({
      value: form[path],
      onChange: (value) => {
        if (refusal?.path === path) refused.value = undefined;
        edits.value = { ...edits.value, [app.appId]: { ...own, [path]: value } };
      },
      problem: refusal?.path === path ? refusal.text : undefined,
    }),
  };
}

export function discardEdits(appId: string): void {
  const { [appId]: _, ...others } = edits.value;
  edits.value = others;
  refused.value = undefined;
}

export async function saveEdits(app: App): Promise<void> {
  const { appId } = app;
  try {
    const body = changesOf(app, edits.value[appId] ?? NONE);
    await changeApp(appId, (own) => own('PATCH', { body }));
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    const path = error.pointer?.slice(1).replace('/', '.') ?? '';
    if (!(path in formOf(app, {}))) throw error;
    refused.value = { appId, path, text: withoutPointer(error) };
    return;
  }
  discardEdits(appId);
  notifyDone(t('saved'));
}
