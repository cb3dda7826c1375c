/** The client's types. The compiler checks these lines in `npm run types`; vitest does not. */
import { expectTypeOf, test } from 'vitest';
import type { CmpassportClientConfig, NextStep, PhoneNumberAnswer, VerificationAnswer } from '../../../src/index.js';
import type { LoginTokenValidateResultCode, TokenValidateResultCode } from '../../../src/protocol/result-codes.js';

type Documented<Answer> = Exclude<Answer, { readonly kind: 'unknownCode' }>;

test('every documented code has an answer, and any other code is unknown', () => {
  expectTypeOf<Documented<PhoneNumberAnswer>['resultCode']>().toEqualTypeOf<LoginTokenValidateResultCode>();
  expectTypeOf<Documented<VerificationAnswer>['resultCode']>().toEqualTypeOf<TokenValidateResultCode>();
  expectTypeOf<PhoneNumberAnswer['kind']>().toEqualTypeOf<'phoneNumber' | 'refused' | 'unknownCode'>();
  expectTypeOf<VerificationAnswer['kind']>().toEqualTypeOf<'ownNumber' | 'notOwnNumber' | 'refused' | 'unknownCode'>();
});

test('a code narrows the type to its name and next step', () => {
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

test('a configuration without credentials does not compile', () => {
  expectTypeOf<{ appId: string }>().not.toExtend<CmpassportClientConfig>();
  expectTypeOf<{ appId: string; appSecret: string }>().toExtend<CmpassportClientConfig>();
  expectTypeOf<{ appId: string; appKey: () => Promise<string> }>().toExtend<CmpassportClientConfig>();
  expectTypeOf<{ appId: string; keys: object }>().toExtend<CmpassportClientConfig>();
});
