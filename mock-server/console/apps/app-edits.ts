/** Unsaved edits of an app's settings: the form and the changes. A path such as `ipWhitelist.tokenValidate` names a setting. */
import type {
  App,
  AppSettings,
  Capability,
  Operation,
  ReadingRow,
} from '../../../src/control/api.js';
import { formatDuration, parseDuration } from '../../../src/text/duration.js';
import { OPERATIONS } from '../state/operations.js';

export const CAPABILITIES: readonly Capability[] = [...OPERATIONS, 'smsFallback'];

/** What a team brings from the portal, besides the appId. */
export const CREDENTIALS = ['appKey', 'appSecret', 'appVerifyKey', 'appEncryptKey'] as const;
type Credential = (typeof CREDENTIALS)[number];

/** The values of the inputs. Numbers are texts. */
export type AppForm = Readonly<
  Record<
    | 'name'
    | Credential
    | 'dailyQuota'
    | 'callPackage'
    | 'tokenTtlMs'
    | `readings.${ReadingRow['id']}`,
    string
  > &
    Record<'contracted' | `capabilities.${Capability}`, boolean> &
    Record<`ipWhitelist.${Operation}`, string | null> &
    Pick<App, 'signSecret'>
>;

export type Path = keyof AppForm;
export type AppEdits = Partial<AppForm>;

export function formOf(app: App, edits: AppEdits): AppForm {
  const { name, signSecret, contracted, dailyQuota, callPackage, tokenTtlMs, capabilities } = app;
  const credentials = CREDENTIALS.map((field) => [field, app[field] ?? '']);
  const texts = {
    ...Object.fromEntries(credentials),
    name: name ?? '',
    dailyQuota: `${dailyQuota}`,
    callPackage: `${callPackage ?? ''}`,
    tokenTtlMs: formatDuration(tokenTtlMs),
  };
  const nested = [
    ...CAPABILITIES.map((capability) => [
      `capabilities.${capability}`,
      capabilities.includes(capability),
    ]),
    ...Object.entries(app.ipWhitelist).map(([operation, list]) => [
      `ipWhitelist.${operation}`,
      list,
    ]),
    ...Object.entries(app.readings).map(([id, option]) => [`readings.${id}`, option]),
  ];
  return { ...texts, signSecret, contracted, ...Object.fromEntries(nested), ...edits };
}

/** The paths of the settings that differ from the saved ones. */
export function changedPaths(app: App, edits: AppEdits): readonly Path[] {
  const saved = formOf(app, {});
  return (Object.keys(edits) as Path[]).filter((path) => edits[path] !== saved[path]);
}

export function changesOf(app: App, edits: AppEdits): AppSettings {
  const form = formOf(app, edits);
  const changed = changedPaths(app, edits).map((path) => ({
    path,
    field: path.split('.')[0],
    id: path.split('.')[1],
  }));
  const nested = (field: string) =>
    Object.fromEntries(
      changed.filter((each) => each.field === field).map(({ path, id }) => [id, form[path]]),
    );
  const whole = {
    name: form.name.trim() === '' ? null : form.name.trim(),
    ...Object.fromEntries(CREDENTIALS.map((field) => [field, form[field].trim() || null])),
    signSecret: form.signSecret,
    contracted: form.contracted,
    dailyQuota: numberIn(form.dailyQuota),
    callPackage: form.callPackage.trim() === '' ? null : numberIn(form.callPackage),
    tokenTtlMs: parseDuration(form.tokenTtlMs.trim()) ?? numberIn(form.tokenTtlMs),
    capabilities: CAPABILITIES.filter((capability) => form[`capabilities.${capability}`]),
    ipWhitelist: nested('ipWhitelist'),
    readings: nested('readings'),
  };
  return Object.fromEntries(
    Object.entries(whole).filter(([field]) => changed.some((each) => each.field === field)),
  );
}

/** A text that is not a number is sent as it is: the server names the field and says what it must be. */
function numberIn(text: string): number | string {
  return /^\d+$/.test(text.trim()) ? Number(text) : text.trim();
}
