/**
 * The members of a type or of a schema, with their meaning: in English the docstring or the description of the code, in
 * Chinese that of `member-words.json`.
 */
import CALIBRATION from '../../contracts/schemas/calibration.schema.json' with { type: 'json' };
import CASE from '../../contracts/schemas/case-file.schema.json' with { type: 'json' };
import PROFILE from '../../contracts/schemas/profile.schema.json' with { type: 'json' };
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { type Documented, errorsIn, itemsIn, membersIn } from './docstrings.js';
import { code, plain, table } from './markdown.js';
import WORDS from './member-words.json' with { type: 'json' };
import { schemaMembers } from './schema-members.js';

const CLIENT = 'src/client';
const DRIVER = 'contracts/consumer/driver-variables.ts';
const LOG = 'mock-server/carrier/log.ts';
const SETTINGS = `${CLIENT}/settings.ts`;

/** Each by the name that a page uses. */
const SOURCES: Readonly<Record<keyof typeof WORDS, () => readonly Documented[]>> = {
  'client-settings': () => [
    ...membersIn(SETTINGS, 'REQUIRED'),
    ...membersIn(SETTINGS, 'CREDENTIALS').filter(({ name }) => name !== 'keys'),
    ...prefixed('keys.', membersIn(`${CLIENT}/credentials.ts`, 'KEYS')),
    ...membersIn(SETTINGS, 'OPTIONAL'),
  ],
  'client-getPhoneNumber': () => membersIn(`${CLIENT}/methods.ts`, 'GetPhoneNumberOptions'),
  'client-verifyPhoneNumber': () => [
    ...membersIn(`${CLIENT}/methods.ts`, 'Verification'),
    ...membersIn(`${CLIENT}/build-requests.ts`, 'VerificationHints'),
  ],
  'client-getH5PhoneNumber': () =>
    membersIn(`${CLIENT}/h5.ts`, 'H5TokenValidateInput').filter(({ name }) =>
      ['token', 'userInformation', 'version'].includes(name),
    ),
  'client-call': () => membersIn(`${CLIENT}/methods.ts`, 'CallOptions'),
  'client-answer': () => membersIn(`${CLIENT}/refusal.ts`, 'AnswerDetails'),
  'client-next': () => itemsIn('src/protocol/next-steps.ts', 'NextStep'),
  'client-errors': () =>
    errorsIn(`${CLIENT}/errors.ts`).map(({ code: name, text }) => ({ name, text })),
  handlers: () => membersIn('mock-server/in-process/in-process-options.ts', 'CarrierFetchOptions'),
  profile: () => schemaMembers(PROFILE),
  case: () => schemaMembers(CASE, 'case'),
  'case-given': () => schemaMembers(CASE, 'given'),
  'case-when': () => schemaMembers(CASE, 'when'),
  'case-then': () => schemaMembers(CASE, 'then'),
  calibration: () => schemaMembers(CALIBRATION),
  'calibration-check': () => schemaMembers(CALIBRATION, 'placedCheck'),
  'handset-parameters': () =>
    membersIn('mock-server/console/handset/handset-state.ts', 'HandsetParameters'),
  'log-fields': () => [
    ...membersIn('mock-server/telemetry/json-log.ts', 'JsonLine'),
    ...membersIn(LOG, 'LogFields'),
  ],
  'log-secrets': () => membersIn(LOG, 'LogSecrets'),
  'driver-variables': () =>
    ['OfBase', 'OfRun', 'OF_APP'].flatMap((owner) => membersIn(DRIVER, owner)),
};

function prefixed(prefix: string, members: readonly Documented[]): readonly Documented[] {
  return members.map(({ name, text }) => ({ name: prefix + name, text }));
}

const HEAD = { en: ['Name', 'Meaning'], zh: ['名称', '含义'] };

export function members(language: Language, source: string): string {
  const rows = membersOf(source).map(({ name, words }) => [code(name), plain(words[language])]);
  return table(HEAD[language], rows);
}

function membersOf(
  source: string,
): readonly { readonly name: string; readonly words: Bilingual }[] {
  const read = new Map(Object.entries(SOURCES)).get(source);
  if (read === undefined) throw new Error(`no members of ${source}`);
  const documented = read();
  const chinese = chineseOf(source, documented);
  return documented.map(({ name, text }) => ({
    name,
    words: { en: text, zh: chinese[name] ?? '' },
  }));
}

/** Neither the code nor the words have a member that the other lacks. */
function chineseOf(
  source: string,
  documented: readonly Documented[],
): Readonly<Record<string, string>> {
  const words = new Map<string, Readonly<Record<string, string>>>(Object.entries(WORDS)).get(
    source,
  );
  const names = documented.map(({ name }) => name);
  const [lost] = [
    ...names.filter((name) => words?.[name] === undefined),
    ...Object.keys(words ?? {}).filter((name) => !names.includes(name)),
    ...documented.flatMap(({ name, text }) => (text === '' ? [name] : [])),
  ];
  if (lost !== undefined)
    throw new Error(`${source}.${lost} is not in the code and in scripts/pages/member-words.json`);
  return words ?? {};
}
