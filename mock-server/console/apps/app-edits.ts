/** What was typed over the settings of an app and is not saved: the form, its changes, and what is wrong with it. */
import type { App, AppChange, Operation, ReadingRow } from '../api/schemas.js';

/** As it is typed: numbers are texts. */
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

/** The settings that differ from what is saved, each by its path. */
export function changedFields(app: App, edits: AppEdits): readonly string[] {
  const [saved, form] = [flat(savedForm(app)), flat(formOf(app, edits))];
  return Object.keys(form).filter((path) => form[path] !== saved[path]);
}

/** Each setting as a text that can be compared. The order of capabilities has no meaning. */
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
  const below = (field: string, values: object) => {
    const entries = Object.entries(values).filter(([id]) => changed.includes(`${field}.${id}`));
    return entries.length === 0 ? {} : { [field]: Object.fromEntries(entries) };
  };
  return {
    ...Object.fromEntries(Object.entries(whole).filter(([field]) => changed.includes(field))),
    ...below('ipWhitelist', ipWhitelist),
    ...below('readings', readings),
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

/** The settings that cannot be saved as they are, by their paths. */
export function wrongFields(form: AppForm, rows: readonly ReadingRow[]): readonly string[] {
  const wrong = PROBLEMS.filter(({ isWrong }) => isWrong(form)).map(({ field }) => field);
  const readings = rows.filter((row) => !isOption(row, form.readings[row.id] ?? '')).map(({ id }) => `readings.${id}`);
  return [...wrong, ...readings];
}

function isOption({ options, pattern }: ReadingRow, value: string): boolean {
  return options.some(({ option }) => option === value) || (pattern !== null && new RegExp(pattern).test(value));
}
