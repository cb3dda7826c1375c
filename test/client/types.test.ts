/** The types: a switch over an answer is exhaustive and narrows, a configuration that cannot work does not compile. */
import { readFileSync } from 'node:fs';
import { expect, expectTypeOf, test } from 'vitest';
import type { CmpassportClientConfig, NextStep, PhoneNumberAnswer, VerificationAnswer } from '../../src/index.js';
import type { LoginTokenValidateResultCode, TokenValidateResultCode } from '../../src/protocol/result-codes.js';
import { compilerErrors } from '../support/schema-types.js';

const FILE = 'test/client/compiled.ts';
const PRELUDE = `
import { createCmpassportClient, type Fetch, type PhoneNumberAnswer, type VerificationAnswer } from '../../src/index.js';
export declare const login: PhoneNumberAnswer;
export declare const verify: VerificationAnswer;
export declare function take(value: unknown): void;
export type Used = Fetch;
`;

/** Each text in a function and on a line of its own: one compilation for all of them. */
function errorsOf(texts: readonly string[]): readonly string[] {
  const lines = texts.map((text, at) => `export function f${at}() { ${text.replaceAll(/\s+/g, ' ')} }`);
  return compilerErrors(FILE, [PRELUDE, 'export const made = createCmpassportClient;', ...lines].join('\n'));
}

type Documented<Answer> = Exclude<Answer, { readonly kind: 'unknownCode' }>;

test('every documented code has an answer, and nothing else has but an unknown one', () => {
  expectTypeOf<Documented<PhoneNumberAnswer>['resultCode']>().toEqualTypeOf<LoginTokenValidateResultCode>();
  expectTypeOf<Documented<VerificationAnswer>['resultCode']>().toEqualTypeOf<TokenValidateResultCode>();
  expectTypeOf<PhoneNumberAnswer['kind']>().toEqualTypeOf<'phoneNumber' | 'refused' | 'unknownCode'>();
  expectTypeOf<VerificationAnswer['kind']>().toEqualTypeOf<'ownNumber' | 'notOwnNumber' | 'refused' | 'unknownCode'>();
});

test('a code narrows down to its name and its next step', () => {
  type Dead = Extract<PhoneNumberAnswer, { readonly resultCode: '104201' }>;
  expectTypeOf<Dead['next']>().toEqualTypeOf<'getNewToken'>();
  expectTypeOf<Dead['name']>().toEqualTypeOf<'TOKEN_DEAD'>();
  expectTypeOf<Extract<VerificationAnswer, { readonly resultCode: '999' }>['next']>().toEqualTypeOf<'retryLater'>();
  expectTypeOf<Extract<PhoneNumberAnswer, { readonly kind: 'refused' }>['charged']>().toEqualTypeOf<false>();
  expectTypeOf<Extract<PhoneNumberAnswer, { readonly kind: 'unknownCode' }>['charged']>().toEqualTypeOf<undefined>();
  expectTypeOf<Exclude<NextStep, 'retryLater' | 'getNewToken'>>().toEqualTypeOf<
    'fallBackToSms' | 'fixConfiguration' | 'contactCarrier'
  >();
});

test('a configuration without anything to sign with is none', () => {
  expectTypeOf<{ appId: string }>().not.toExtend<CmpassportClientConfig>();
  expectTypeOf<{ appId: string; appSecret: string }>().toExtend<CmpassportClientConfig>();
  expectTypeOf<{ appId: string; appKey: () => Promise<string> }>().toExtend<CmpassportClientConfig>();
  expectTypeOf<{ appId: string; keys: object }>().toExtend<CmpassportClientConfig>();
});

test('the compiler agrees with this file, which vitest does not check', () => {
  expect(compilerErrors('test/client/types.test.ts', readFileSync('test/client/types.test.ts', 'utf8'))).toEqual([]);
});

const COMPILES = [
  {
    description: 'a switch over kind',
    text: `switch (login.kind) {
      case 'phoneNumber': take(login.phoneNumber.length); break;
      case 'refused': take(login.name.length); break;
      case 'unknownCode': take(login.carrierText?.length); break;
      default: login satisfies never;
    }
    switch (verify.kind) {
      case 'ownNumber': take(verify.taskId.length); break;
      case 'notOwnNumber': take(verify.accessToken?.length); break;
      case 'refused': take(verify.description.zh); break;
      case 'unknownCode': take(verify.next satisfies 'fallBackToSms'); break;
      default: verify satisfies never;
    }`,
  },
  {
    description: 'a switch over the resultCode of a refusal',
    text: `if (login.kind === 'refused') switch (login.resultCode) {
      case '104201': take(login.next satisfies 'getNewToken'); break;
      case '105312': take(login.name satisfies 'CALLS_USED_UP'); break;
      default: take(login.next satisfies 'getNewToken' | 'fixConfiguration' | 'retryLater');
    }
    if (verify.kind !== 'unknownCode' && verify.resultCode === '001') take(verify.accessToken);`,
  },
  {
    description: 'the fetches that are there',
    text: `take([fetch, globalThis.fetch, async () => new Response('{}')] satisfies Fetch[]);`,
  },
];

const DOES_NOT_COMPILE = [
  {
    description: 'a kind that is left out',
    text: `switch (login.kind) { case 'phoneNumber': case 'refused': break; default: login satisfies never; }`,
  },
  { description: 'the number before it is known that there is one', text: 'take(login.phoneNumber);' },
  { description: 'the number of a refusal', text: `if (login.kind === 'refused') take(login.phoneNumber);` },
  {
    description: 'the accessToken of the own number',
    text: `if (verify.kind === 'ownNumber') take(verify.accessToken);`,
  },
  { description: 'a code that is none', text: `if (login.kind === 'refused' && login.resultCode === '000') take(0);` },
  { description: 'a client of nothing', text: `take(createCmpassportClient({ appId: '1' }));` },
  {
    description: 'a client of a secret that may be absent',
    text: `take(createCmpassportClient({ appId: '1', appSecret: process.env['SECRET'] }));`,
  },
  {
    description: 'a way of signing that the operation does not have',
    text: `take(createCmpassportClient({ appId: '1', appKey: '2', signing: { loginTokenValidate: 'hmac' } }));`,
  },
];

test('what is right compiles', () => {
  expect(errorsOf(COMPILES.map(({ text }) => text))).toEqual([]);
});

test('each of what is wrong does not', () => {
  const wrong = new Set(errorsOf(DOES_NOT_COMPILE.map(({ text }) => text)).map((error) => error.split('(')[0]));
  const found = DOES_NOT_COMPILE.filter((_, at) => wrong.has(`export function f${at}`));
  expect(found).toEqual(DOES_NOT_COMPILE);
});
