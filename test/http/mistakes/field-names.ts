/** Misspelt and missing fields, and mistakes in encryptionalgorithm. The document, 1.2 and 2.3. */
import { renamed } from './attempt.js';
import type { Mistake } from './mistake.js';

const LOGIN = { mode: 'login MD5' } as const;
const VERIFY = { mode: 'verify HMAC' } as const;

export const ENCRYPTION: readonly Mistake[] = [
  ...['rsa', 'Rsa'].map(
    (encryptionalgorithm): Mistake => ({
      mode: 'login RSA',
      description: `a client signs with RSA and writes encryptionalgorithm as "${encryptionalgorithm}"`,
      sent: (fields) => ({ ...fields, encryptionalgorithm }),
      resultCode: '103101',
      finding: 'encryption.letter-case',
    }),
  ),
  {
    mode: 'login RSA',
    description: 'a Java client names the signature algorithm instead of RSA',
    sent: (fields) => ({ ...fields, encryptionalgorithm: 'SHA256withRSA' }),
    resultCode: '103101',
    finding: 'encryption.unsupported',
  },
  {
    mode: 'login RSA',
    description: 'a client signs with RSA and requests AES',
    sent: (fields) => ({ ...fields, encryptionalgorithm: 'AES' }),
    resultCode: '103101',
    finding: 'encryption.unsupported',
  },
  {
    ...LOGIN,
    description: 'a client requests SM and signs with MD5, which works',
    fields: () => ({ encryptionalgorithm: 'SM' }),
    resultCode: '103000',
    finding: 'encryption.unsupported',
  },
  {
    mode: 'login RSA',
    description: 'RSA is requested by an app that registered 应用公钥1 only',
    app: { appEncryptKey: null },
    resultCode: '103412',
    finding: 'encryption.key-not-registered',
  },
  {
    mode: 'login RSA',
    description: 'RSA is requested by an app that registered no key',
    app: { appVerifyKey: null, appEncryptKey: null },
    resultCode: '103412',
    finding: 'encryption.key-not-registered',
  },
  {
    mode: 'verify RSA',
    description: 'keyType 1 is sent by an app that registered no key',
    app: { appVerifyKey: null, appEncryptKey: null },
    resultCode: '302',
    finding: 'encryption.key-not-registered',
  },
];

/** A field under another name than the document's. */
const MISSPELT = [
  { mode: 'login RSA', from: 'encryptionalgorithm', to: 'encryptionaigorithm', resultCode: '103101' },
  { mode: 'login MD5', from: 'systemtime', to: 'systemTime', resultCode: '103414' },
  { mode: 'login MD5', from: 'appid', to: 'appId', resultCode: '103414' },
  { mode: 'login MD5', from: 'token', to: 'tokens', resultCode: '103811' },
  { mode: 'verify HMAC', from: 'phoneNum', to: 'phonenum', resultCode: '102' },
  { mode: 'verify HMAC', from: 'requesterType', to: 'requestertype', resultCode: '102' },
  { mode: 'verify HMAC', from: 'msgId', to: 'msgid', resultCode: '102' },
  { mode: 'verify RSA', from: 'keyType', to: 'keytype', resultCode: '302' },
] as const;

export const FIELD_NAMES: readonly Mistake[] = [
  ...MISSPELT.map(
    ({ mode, from, to, resultCode }): Mistake => ({
      mode,
      description: `${from} is spelt ${to} at ${mode}`,
      sent: (fields) => renamed(fields, { from, to }),
      resultCode,
      finding: 'field.misspelt',
    }),
  ),
  {
    ...LOGIN,
    description: 'expandparams is spelt expandParams, which works and is ignored',
    fields: () => ({ expandParams: 'channel=ios' }),
    resultCode: '103000',
    finding: 'field.misspelt',
  },
  {
    ...VERIFY,
    description: 'the name of timestamp is copied with a space after it',
    sent: (fields) => renamed(fields, { from: 'timestamp', to: 'timestamp ' }),
    resultCode: '102',
    finding: 'field.white-space',
  },
  {
    ...LOGIN,
    description: 'the name of token is copied with a tab before it',
    sent: (fields) => renamed(fields, { from: 'token', to: '\ttoken' }),
    resultCode: '103811',
    finding: 'field.white-space',
  },
];

export const FIELD_VALUES: readonly Mistake[] = [
  {
    ...LOGIN,
    description: 'a client leaves strictcheck out of the request',
    fields: () => ({ strictcheck: undefined }),
    resultCode: '103414',
    finding: 'field.missing',
  },
  {
    ...LOGIN,
    description: 'a client forgets the signature at login',
    sent: ({ sign: _, ...fields }) => fields,
    resultCode: '103414',
    finding: 'field.missing',
  },
  {
    ...VERIFY,
    description: 'an app omits openType although requesterType is 0',
    fields: () => ({ openType: undefined }),
    resultCode: '102',
    finding: 'field.missing',
  },
  {
    ...VERIFY,
    description: 'a client forgets phoneNum',
    sent: ({ phoneNum: _, ...fields }) => fields,
    resultCode: '102',
    finding: 'field.missing',
  },
  {
    ...LOGIN,
    description: 'a client writes strictcheck as the text "false"',
    fields: () => ({ strictcheck: 'false' }),
    resultCode: '103414',
    finding: 'field.malformed',
  },
  {
    ...VERIFY,
    description: 'a client writes the name of the operator into openType',
    fields: () => ({ openType: 'CMCC' }),
    resultCode: '102',
    finding: 'field.malformed',
  },
  {
    ...VERIFY,
    description: 'a client writes APP for requesterType',
    fields: () => ({ requesterType: 'APP' }),
    resultCode: '102',
    finding: 'field.malformed',
  },
  {
    ...VERIFY,
    description: 'header and body are put into the envelope as JSON texts',
    wire: (wire) => {
      const { header, body } = JSON.parse(String(wire.body)) as { readonly header: object; readonly body: object };
      return { ...wire, body: JSON.stringify({ header: JSON.stringify(header), body: JSON.stringify(body) }) };
    },
    resultCode: '102',
    finding: 'field.malformed',
  },
];
