/** Unsaved edits of an app's settings: the form, the changes, and the invalid fields. A path such as `ipWhitelist.tokenValidate` names a setting. */
import type { App, AppSettings, Capability, Operation, ReadingRow } from '../../../src/control/api.js';
import { formatDuration, parseDuration } from '../../../src/text/duration.js';
import { OPERATIONS } from '../state/operations.js';

export const CAPABILITIES: readonly Capability[] = [...OPERATIONS, 'smsFallback'];

/** What a team brings from the portal, besides the appId. */
export const CREDENTIALS = ['appKey', 'appSecret', 'appVerifyKey', 'appEncryptKey'] as const;
type Credential = (typeof CREDENTIALS)[number];

/** The values of the inputs. Numbers are texts. */
export type AppForm = Readonly<
  Record<'name' | Credential | 'dailyQuota' | 'callPackage' | 'tokenTtlMs' | `readings.${ReadingRow['id']}`, string> &
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
    ...CAPABILITIES.map((capability) => [`capabilities.${capability}`, capabilities.includes(capability)]),
    ...Object.entries(app.ipWhitelist).map(([operation, list]) => [`ipWhitelist.${operation}`, list]),
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
  const changed = changedPaths(app, edits).map((path) => ({ path, field: path.split('.')[0], id: path.split('.')[1] }));
  const nested = (field: string) =>
    Object.fromEntries(changed.filter((each) => each.field === field).map(({ path, id }) => [id, form[path]]));
  const whole = {
    name: form.name.trim() === '' ? null : form.name.trim(),
    ...Object.fromEntries(CREDENTIALS.map((field) => [field, form[field].trim() || null])),
    signSecret: form.signSecret,
    contracted: form.contracted,
    dailyQuota: Number(form.dailyQuota),
    callPackage: form.callPackage.trim() === '' ? null : Number(form.callPackage),
    tokenTtlMs: milliseconds(form.tokenTtlMs),
    capabilities: CAPABILITIES.filter((capability) => form[`capabilities.${capability}`]),
    ipWhitelist: nested('ipWhitelist'),
    readings: nested('readings'),
  };
  return Object.fromEntries(Object.entries(whole).filter(([field]) => changed.some((each) => each.field === field)));
}

const NAME_LENGTH_MAX = 100;

interface Problem {
  readonly path: Path;
  readonly text: 'apps.nameWrong' | 'quota.wrong' | 'apps.tokenTtlWrong' | 'readings.wrong';
}

/** The invalid settings. */
export function problemsOf(form: AppForm, rows: readonly ReadingRow[]): readonly Problem[] {
  const checks: readonly (Problem & { readonly isValid: boolean })[] = [
    { path: 'name', isValid: [...form.name.trim()].length <= NAME_LENGTH_MAX, text: 'apps.nameWrong' },
    { path: 'dailyQuota', isValid: isWhole(form.dailyQuota), text: 'quota.wrong' },
    { path: 'callPackage', isValid: form.callPackage === '' || isWhole(form.callPackage), text: 'quota.wrong' },
    { path: 'tokenTtlMs', isValid: isLifetime(form.tokenTtlMs), text: 'apps.tokenTtlWrong' },
    ...rows.map((row) => {
      const path = `readings.${row.id}` as const;
      return { path, isValid: isOption(row, form[path]), text: 'readings.wrong' as const };
    }),
  ];
  return checks.filter(({ isValid }) => !isValid);
}

function isWhole(text: string): boolean {
  return /^\d{1,9}$/.test(text.trim());
}

/** Of `2m` and `90s`, and of a number of milliseconds. */
function milliseconds(text: string): number | undefined {
  return isWhole(text) ? Number(text) : parseDuration(text.trim());
}

function isLifetime(text: string): boolean {
  return (milliseconds(text) ?? 0) >= 1;
}

function isOption({ options, pattern }: ReadingRow, value: string): boolean {
  return options.some(({ option }) => option === value) || (pattern !== null && new RegExp(pattern).test(value));
}
