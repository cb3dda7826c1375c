/** /_mock/operations, /_mock/readings and /_mock/subscribers, compared with the tables, the schemas and the contract's rows. */
import { describe, expect, test } from 'vitest';
import ambiguities from '../../../contracts/ambiguities.json' with { type: 'json' };
import loginRequest from '../../../contracts/schemas/login-token-validate-request.schema.json' with {
  type: 'json',
};
import loginResponse from '../../../contracts/schemas/login-token-validate-response.schema.json' with {
  type: 'json',
};
import verifyRequest from '../../../contracts/schemas/token-validate-request.schema.json' with {
  type: 'json',
};
import verifyResponse from '../../../contracts/schemas/token-validate-response.schema.json' with {
  type: 'json',
};
import { LOGIN_TOKEN_VALIDATE_RULES } from '../../../mock-server/carrier/engine/operations/login-token-validate.js';
import { TOKEN_VALIDATE_RULES } from '../../../mock-server/carrier/engine/operations/token-validate.js';
import { documentedFields } from '../../../mock-server/explain/operations.js';
import { controlBench } from '../../support/control.js';

interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

interface Field {
  readonly name: string;
  readonly in: 'header' | 'body' | null;
  readonly required: true | false | 'depends';
  readonly meaning: Bilingual;
  readonly rule: Bilingual;
  readonly section: string;
}

interface OperationRow {
  readonly operation: string;
  readonly requestFields: readonly Field[];
  readonly answerFields: readonly Pick<Field, 'name' | 'in' | 'meaning'>[];
  readonly rules: readonly {
    readonly requires: string;
    readonly otherwise: string;
    readonly basis: string;
    readonly met: Bilingual;
    readonly unmet: Bilingual;
  }[];
}

const HAN = /\p{Script=Han}/u;

async function read(path: string) {
  const { api } = await controlBench();
  return (await api.get(`/_mock/${path}`).expect(200)).body;
}

async function operationOf(operation: string): Promise<OperationRow> {
  const { operations } = await read('operations');
  return operations.find((row: OperationRow) => row.operation === operation);
}

const placeOf = ({ name, in: half }: Pick<Field, 'name' | 'in'>) =>
  half === null ? name : `${half}.${name}`;

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** `header`, `header.msgId` and so on. */
function namesIn(schema: Schema): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => [
    name,
    ...namesIn(value as Schema).map((inner) => `${name}.${inner}`),
  ]);
}

describe.each([
  {
    operation: 'loginTokenValidate',
    version: '2.0',
    path: '/unisdk/rsapi/loginTokenValidate',
    name: '获取手机号码',
    section: '1.2',
    request: loginRequest,
    response: loginResponse,
    rules: LOGIN_TOKEN_VALIDATE_RULES,
    documented: documentedFields('loginTokenValidate').map(({ name }) => name),
    optional: ['expandparams', 'encryptionalgorithm'],
    depending: [] as readonly string[],
  },
  {
    operation: 'tokenValidate',
    version: '1.0',
    path: '/openapi/rs/tokenValidate',
    name: '本机号码校验',
    section: '2.3',
    request: verifyRequest,
    response: verifyResponse,
    rules: TOKEN_VALIDATE_RULES,
    documented: [
      'header',
      'body',
      ...documentedFields('tokenValidate').map(({ name, location }) => `${location}.${name}`),
    ],
    optional: ['body.message', 'body.expandParams', 'body.keyType'],
    depending: ['body.openType'],
  },
])('$operation', ({ operation, version, path, name, section, ...expected }) => {
  test('has its path, its version and its name in the document', async () => {
    expect(await operationOf(operation)).toMatchObject({ version, path, name: { zh: name } });
  });

  test('has exactly the documented fields of the request', async () => {
    const { requestFields } = await operationOf(operation);
    const places = requestFields.map(placeOf);
    expect(places.toSorted()).toEqual(namesIn(expected.request).toSorted());
    expect(places.toSorted()).toEqual([...expected.documented].toSorted());
    expect(new Set(requestFields.map((field) => field.section))).toEqual(new Set([section]));
  });

  test('has exactly the fields of the response', async () => {
    const { answerFields } = await operationOf(operation);
    expect(answerFields.map(placeOf).toSorted()).toEqual(namesIn(expected.response).toSorted());
  });

  test('marks fields as required, optional or dependent on another', async () => {
    const { requestFields } = await operationOf(operation);
    const fieldsWith = (required: Field['required']) =>
      requestFields.filter((field) => field.required === required).map(placeOf);
    expect(fieldsWith(false)).toEqual(expected.optional);
    expect(fieldsWith('depends')).toEqual(expected.depending);
  });

  test('has the rules in order of precedence', async () => {
    const { rules } = await operationOf(operation);
    expect(rules.map(({ requires, otherwise, basis }) => ({ requires, otherwise, basis }))).toEqual(
      expected.rules.map(({ requires, otherwise, basis }) => ({ requires, otherwise, basis })),
    );
  });

  test('has all texts in both languages', async () => {
    const { requestFields, answerFields, rules } = await operationOf(operation);
    const texts = [
      ...[...requestFields, ...answerFields].map(({ meaning }) => meaning),
      ...rules.flatMap(({ met, unmet }) => [met, unmet]),
    ];
    expect(texts.filter(({ en, zh }) => en === '' || !HAN.test(zh))).toEqual([]);
    expect(
      requestFields.filter(
        ({ rule: { en, zh } }) => en === '' || /\d digits|not empty| or |an object/.test(zh),
      ),
    ).toEqual([]);
  });
});

describe('the readings', () => {
  test('equal the rows of the contract in English and in the document’s words', async () => {
    const { readings } = await read('readings');
    const rows = readings.map(
      ({
        options,
        why,
        pattern: _,
        observed: __,
        title: ___,
        ...row
      }: {
        options: { option: string; meaning: Bilingual }[];
        why: Bilingual;
        pattern: unknown;
        observed: unknown;
        title: Bilingual;
      }) => ({
        ...row,
        readings: options.map(({ option, meaning }) => ({ option, meaning: meaning.en })),
        why: why.en,
      }),
    );
    expect(rows).toEqual(ambiguities.ambiguities);
  });

  test('have the meaning of each option and the reason for the default in Chinese', async () => {
    const { readings } = await read('readings');
    const texts: readonly Bilingual[] = readings.flatMap(
      ({ options, why }: { options: { meaning: Bilingual }[]; why: Bilingual }) => [
        ...options.map(({ meaning }) => meaning),
        why,
      ],
    );
    expect(texts.length).toBeGreaterThan(40);
    expect(texts.filter(({ zh }) => !HAN.test(zh))).toEqual([]);
  });

  test('include those with a pattern for further options', async () => {
    const { readings } = await read('readings');
    const rows = readings.filter(({ pattern }: { pattern: string | null }) => pattern !== null);
    expect(rows.map(({ id }: { id: string }) => id)).toEqual([
      ...['content-type', 'json-null', 'system-time', 'msgid-replay', 'unknown-app-at-verify'],
      'refusal-task-id',
    ]);
    const matching = (id: string, texts: readonly string[]) => {
      const pattern = new RegExp(readings.find((row: { id: string }) => row.id === id).pattern);
      return texts.filter((text) => pattern.test(text));
    };
    const windows = ['window:5m', 'window:1.5h', 'window:-1h..10m'];
    expect(
      matching('system-time', [...windows, 'window:', 'digits', 'window:5m ', 'window:1h..10m']),
    ).toEqual(windows);
    const refusals = ['refused:102', 'refused:105313', 'refused:103412,303', 'refused:http-415'];
    expect(matching('msgid-replay', [...refusals, 'refused', 'refused:', 'refused:x'])).toEqual(
      refusals,
    );
  });
});

test('the subscribers of a custom configuration replace the default ones', async () => {
  const custom = {
    phoneNumber: '13911112222',
    operator: 'unicom',
    failure: 'serviceDown',
    outcomes: { tokenValidate: '001*' },
  } as const;
  const { api } = await controlBench({ configuration: { subscribers: [custom] } });
  const { body } = await api.get('/_mock/subscribers').expect(200);
  expect(body).toEqual({ subscribers: [custom] });
});
