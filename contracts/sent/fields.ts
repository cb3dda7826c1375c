/** Checks the fields of a request: they match the schema and the given credentials, and no others exist. The document, 1.2 and 2.3. */
import { type Operation, SCHEMAS } from '../index.js';
import { valueAt } from '../kit/pointer.js';
import { schemaProblems } from '../kit/schemas.js';
import { shown } from '../kit/values.js';
import { eachReadable, type Judged, type Problem } from './check.js';
import { FIELDS, field, type Sent } from './evidence.js';
import { bilingual, notGiven } from './words.js';

function schema({ operation, fields }: Sent): readonly Problem[] {
  return schemaProblems(operation, 'request', fields).map(({ at, expected }) => ({
    about: `schema ${at}`,
    expected,
    received: shown(valueAt(fields, at)),
  }));
}

function given(evidence: Sent): Judged {
  const { values } = evidence;
  if (values['appId'] === undefined) return { why: notGiven('appId') };
  return (['appId', 'token'] as const).flatMap((name) => {
    const received = field(evidence, name);
    if (received === undefined || received === values[name]) return [];
    return [{ about: FIELDS[evidence.operation][name], expected: shown(values[name]), received: shown(received) }];
  });
}

/** The objects of a request, with their documented fields. */
const DOCUMENTED: Readonly<Record<Operation, readonly (readonly [at: string, names: readonly string[]])[]>> = {
  loginTokenValidate: [['', namesOf(SCHEMAS.loginTokenValidate.request, '')]],
  tokenValidate: [
    ['', namesOf(SCHEMAS.tokenValidate.request, '')],
    ['/header', namesOf(SCHEMAS.tokenValidate.request, '/properties/header')],
    ['/body', namesOf(SCHEMAS.tokenValidate.request, '/properties/body')],
  ],
};

function namesOf(requestSchema: unknown, at: string): readonly string[] {
  return Object.keys(valueAt(requestSchema, `${at}/properties`) ?? {});
}

function documented({ operation, fields }: Sent): readonly Problem[] {
  return DOCUMENTED[operation].flatMap(([at, names]) => {
    const unknown = Object.keys(valueAt(fields, at) ?? {}).filter((name) => !names.includes(name));
    return unknown.map((name) => ({
      about: `${at}/${name}`,
      expected: bilingual('absent: the document has no such field', '没有：文档里没有这个字段'),
      received: shown(valueAt(fields, `${at}/${name}`)),
    }));
  });
}

export const SENT_SCHEMA = eachReadable(schema, ['field.', 'value.', 'body.', 'version.', 'msgid.', 'time.format']);
export const SENT_GIVEN = eachReadable(given, ['token.']);
export const SENT_DOCUMENTED = eachReadable(documented, ['field.']);
