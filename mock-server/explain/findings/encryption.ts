/** Mistakes in the fields that select the signing: encryptionalgorithm and keyType. The document, 1.2 and 2.3. */
import { type Texts, wireName } from '../../../src/protocol/fields.js';
import type { CarrierRequest } from '../../carrier/engine/request.js';
import type { Evidence, FindingRow } from '../finding.js';
import { signingsFor } from '../operations.js';
import type { Subject } from '../subject.js';

const RSA = 'RSA';

export const ENCRYPTION_FINDINGS: readonly FindingRow[] = [
  {
    id: 'encryption.letter-case',
    title: { en: 'encryptionalgorithm is not exactly RSA', zh: 'encryptionalgorithm 与“RSA”不完全一致' },
    detail: {
      en: 'encryptionalgorithm was "{received}", so the signature was checked as MD5. Only the exact value "RSA", in capitals and without white space, selects RSA.',
      zh: 'encryptionalgorithm 的值是“{received}”，所以这个请求按 MD5 验签。只有大写、前后没有空白的“RSA”才表示用 RSA。',
    },
    detect: ({ request }) => algorithmWhere(request, isNearlyRsa),
  },
  {
    id: 'encryption.unsupported',
    title: { en: 'encryptionalgorithm has an unsupported value', zh: 'encryptionalgorithm 的值不支持' },
    detail: {
      en: 'encryptionalgorithm was "{received}". The document supports only "RSA". With any other value, the signature is checked as MD5, as if the field were empty.',
      zh: 'encryptionalgorithm 的值是“{received}”。文档只支持“RSA”，填其他值等于不填，按 MD5 验签。',
    },
    detect: ({ request }) => algorithmWhere(request, (text) => !isNearlyRsa(text) && !isMd5(text)),
  },
  {
    id: 'encryption.key-not-registered',
    inLog: true,
    title: { en: 'A public key is not registered', zh: '应用公钥未报备' },
    detail: {
      en: '{field} selects RSA, but the app has not registered: {missing}. appVerifyKey (应用公钥1) verifies the signature. appEncryptKey (应用公钥2) encrypts the msisdn of loginTokenValidate, which needs both keys. Register the missing ones.',
      zh: '{field} 选了 RSA，但应用没有报备：{missing}。appVerifyKey（应用公钥1）用来验签；appEncryptKey（应用公钥2）用来加密 loginTokenValidate 返回的 msisdn，这个接口两把公钥都要报备。请报备缺少的公钥。',
    },
    detect: keysMissing,
  },
];

function algorithmWhere(request: CarrierRequest, holds: (text: string) => boolean): readonly Evidence[] {
  const { encryptionAlgorithm: received = '' }: Texts = request;
  if (received === '' || received === RSA || !holds(received)) return [];
  return [{ field: wireName('loginTokenValidate', 'encryptionAlgorithm'), received, expected: RSA }];
}

function isNearlyRsa(text: string): boolean {
  return text.trim().toUpperCase() === RSA;
}

/** "MD5" is no mistake: every value except "RSA" selects MD5. */
function isMd5(text: string): boolean {
  return text.trim().toUpperCase() === 'MD5';
}

const APP_KEYS = { appVerifyKey: 'verifyKey', appEncryptKey: 'encryptKey' } as const;

function keysMissing({ request, state: { app } }: Subject): readonly Evidence[] {
  if (app === undefined || request.signing !== 'rsa') return [];
  const { rsa } = signingsFor(request.operation);
  const missing = rsa.keys.filter((key) => app[APP_KEYS[key]] === undefined);
  return missing.length === 0 ? [] : [{ field: wireName(request.operation, rsa.selector), missing }];
}
