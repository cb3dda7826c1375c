/** Unsaved edits of an app's settings: the form, the changes, and the invalid fields. */
import type { App, AppChange, Operation, ReadingRow } from '../api/schemas.js';

/** The values of the inputs. Numbers are texts. */
export interface AppForm {
  readonly name: string;
  readonly capabilities: App['capabilities'];
  readonly signSecret: App['signSecret'];
  readonly contracted: boolean;
  readonly dailyQuota: string;
  readonly callPackage: string;
  readonly tokenTtlMs: string;
  readonly ipWhitelist: Readonly<Record<Operation, string | null>>;
  readonly readings: Readonly<Record<string, string>>;
}

export type AppEdits = Partial<Omit<AppForm, 'ipWhitelist' | 'readings'>> & {
  readonly ipWhitelist?: Partial<AppForm['ipWhitelist']>;
  readonly readings?: AppForm['readings'];
};

function savedForm(app: App): AppForm {
  return {
    name: app.name ?? '',
    capabilities: app.capabilities,
    signSecret: app.signSecret,
    contracted: app.contracted,
    dailyQuota: `${app.dailyQuota}`,
    callPackage: app.callPackage === null ? '' : `${app.callPackage}`,
    tokenTtlMs: `${app.tokenTtlMs}`,
    ipWhitelist: app.ipWhitelist,
    readings: app.readings,
  };
}

export function formOf(app: App, edits: AppEdits): AppForm {
  const saved = savedForm(app);
  return {
    ...saved,
    ...edits,
    ipWhitelist: { ...saved.ipWhitelist, ...edits.ipWhitelist },
    readings: { ...saved.readings, ...edits.readings },
  };
}

export function mergeEdits(edits: AppEdits, more: AppEdits): AppEdits {
  return {
    ...edits,
    ...more,
    ipWhitelist: { ...edits.ipWhitelist, ...more.ipWhitelist },
    readings: { ...edits.readings, ...more.readings },
  };
}

/** The paths of the settings that differ from the saved ones. */
export function changedFields(app: App, edits: AppEdits): readonly string[] {
  const [saved, form] = [flat(savedForm(app)), flat(formOf(app, edits))];
  return Object.keys(form).filter((path) => form[path] !== saved[path]);
}

/** Each setting as a comparable text. The order of capabilities does not matter. */
function flat({ ipWhitelist, readings, capabilities, ...form }: AppForm): Readonly<Record<string, string>> {
  const entries: readonly (readonly [string, unknown])[] = [
    ...Object.entries(form),
    ['capabilities', capabilities.toSorted()],
    ...Object.entries(ipWhitelist).map(([operation, list]) => [`ipWhitelist.${operation}`, list] as const),
    ...Object.entries(readings).map(([id, option]) => [`readings.${id}`, option] as const),
  ];
  return Object.fromEntries(entries.map(([path, value]) => [path, JSON.stringify(value)]));
}

export function changesOf(app: App, edits: AppEdits): AppChange {
  const { name, dailyQuota, callPackage, tokenTtlMs, ipWhitelist, readings, ...others } = formOf(app, edits);
  const whole = {
    ...others,
    name: name.trim() === '' ? null : name.trim(),
    dailyQuota: Number(dailyQuota),
    callPackage: callPackage === '' ? null : Number(callPackage),
    tokenTtlMs: Number(tokenTtlMs),
  };
  const changed = changedFields(app, edits);
  const nested = (field: string, values: object) => {
    const entries = Object.entries(values).filter(([id]) => changed.includes(`${field}.${id}`));
    return entries.length === 0 ? {} : { [field]: Object.fromEntries(entries) };
  };
  return {
    ...Object.fromEntries(Object.entries(whole).filter(([field]) => changed.includes(field))),
    ...nested('ipWhitelist', ipWhitelist),
    ...nested('readings', readings),
  };
}

const WHOLE_NUMBER = /^\d{1,9}$/;
const NAME_LENGTH_MAX = 100;

const PROBLEMS: readonly { readonly field: keyof AppForm; readonly isWrong: (form: AppForm) => boolean }[] = [
  { field: 'name', isWrong: ({ name }) => [...name.trim()].length > NAME_LENGTH_MAX },
  { field: 'dailyQuota', isWrong: ({ dailyQuota }) => !WHOLE_NUMBER.test(dailyQuota) },
  { field: 'callPackage', isWrong: ({ callPackage }) => callPackage !== '' && !WHOLE_NUMBER.test(callPackage) },
  { field: 'tokenTtlMs', isWrong: ({ tokenTtlMs }) => !WHOLE_NUMBER.test(tokenTtlMs) || Number(tokenTtlMs) === 0 },
];

/** The paths of the invalid settings. */
export function wrongFields(form: AppForm, rows: readonly ReadingRow[]): readonly string[] {
  const wrong = PROBLEMS.filter(({ isWrong }) => isWrong(form)).map(({ field }) => field);
  const readings = rows.filter((row) => !isOption(row, form.readings[row.id] ?? '')).map(({ id }) => `readings.${id}`);
  return [...wrong, ...readings];
}

function isOption({ options, pattern }: ReadingRow, value: string): boolean {
  return options.some(({ option }) => option === value) || (pattern !== null && new RegExp(pattern).test(value));
}
