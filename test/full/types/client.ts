/** Code that the client's types accept and reject, besides the examples of the docstrings: what credentials allow, and mistakes. */

const PREAMBLE = `import { type CmpassportClient, type CmpassportClientConfig, createCmpassportClient, type PhoneNumberAnswer, type VerificationAnswer } from 'cmpassport-client';
declare const login: PhoneNumberAnswer;
declare const verify: VerificationAnswer;
declare function take(value: unknown): void;
declare const wide: CmpassportClientConfig;
declare const key: string;
export type Used = CmpassportClient;
`;

/** A module with the statements on one line, so an error shows all of them. */
export function clientModule(text: string): string {
  return `${PREAMBLE}export function used(): void { ${text.replaceAll(/\s+/g, ' ')} take([createCmpassportClient, login, verify, wide, key]); }`;
}

export const CLIENT_COMPILES = [
  {
    description: 'the methods that the credentials allow',
    text: `const { getPhoneNumber } = createCmpassportClient({ appId: '1', appSecret: key });
    const { verifyPhoneNumber } = createCmpassportClient({ appId: '1', appKey: key });
    const old = createCmpassportClient({ appId: '1', appKey: key, signSecret: 'appKey' }).getPhoneNumber;
    const keys = { appSignPrivateKey: key, appDecryptPrivateKey: key };
    const byRsa = createCmpassportClient({ appId: '1', keys, signing: { loginTokenValidate: 'rsa' } }).getPhoneNumber;
    const { getH5PhoneNumber, h5TokenValidate } = createCmpassportClient({ appId: '1', appKey: () => key, keys: { sign: async (text) => text } });
    take([getPhoneNumber, verifyPhoneNumber, old, byRsa, getH5PhoneNumber, h5TokenValidate]);`,
  },
  {
    description: 'a configuration of unknown credentials, whose client has every method',
    text: `const client: CmpassportClient<CmpassportClientConfig> = createCmpassportClient(wide);
    take([client.getPhoneNumber, client.verifyPhoneNumber, client.getH5PhoneNumber]);`,
  },
  {
    description: 'a client of any credentials that include both secrets as CmpassportClient',
    text: `const clients: CmpassportClient[] = [
      createCmpassportClient({ appId: '1', appKey: key, appSecret: key, onResponse: ({ code }) => take(code.length) }),
      createCmpassportClient({ appId: '1', appKey: key, keys: { sign: async (text) => text, appDecryptPrivateKey: key } }),
    ]; take(clients);`,
  },
];

interface Rejected {
  readonly description: string;
  readonly text: string;
  /** A part of the compiler's message. */
  readonly message?: string;
}

export const CLIENT_DOES_NOT_COMPILE: readonly Rejected[] = [
  { description: 'the number before the kind is checked', text: 'take(login.phoneNumber);' },
  {
    description: 'the number of a refusal',
    text: `if (login.kind === 'refused') take(login.phoneNumber);`,
  },
  {
    description: 'the accessToken of ownNumber',
    text: `if (verify.kind === 'ownNumber') take(verify.accessToken);`,
  },
  {
    description: 'a code that is not a refusal',
    text: `if (login.kind === 'refused' && login.resultCode === '000') take(0);`,
  },
  {
    description: 'a client without secrets',
    text: `take(createCmpassportClient({ appId: '1' }));`,
    message: "Property 'appSecret' is missing",
  },
  {
    description: 'a client with a secret that may be undefined',
    text: `take(createCmpassportClient({ appId: '1', appSecret: process.env['SECRET'] }));`,
  },
  {
    description: 'verifyPhoneNumber without an appKey',
    text: `take(createCmpassportClient({ appId: '1', appSecret: key }).verifyPhoneNumber);`,
    message: "Property 'verifyPhoneNumber' does not exist",
  },
  {
    description: 'getPhoneNumber with an appKey alone',
    text: `take(createCmpassportClient({ appId: '1', appKey: key }).getPhoneNumber);`,
    message: "Property 'getPhoneNumber' does not exist",
  },
  {
    description: 'getH5PhoneNumber without a private key',
    text: `take(createCmpassportClient({ appId: '1', appKey: key, appSecret: key }).getH5PhoneNumber);`,
    message: "Property 'getH5PhoneNumber' does not exist",
  },
  {
    description: 'RSA without keys',
    text: `take(createCmpassportClient({ appId: '1', appKey: key, signing: { tokenValidate: 'rsa' } }));`,
  },
  {
    description: 'a misspelt setting',
    text: `take(createCmpassportClient({ appId: '1', appSecret: key, timeout: 1000 }));`,
  },
  {
    description: 'a misspelt key',
    text: `take(createCmpassportClient({ appId: '1', keys: { appSignKey: key } }));`,
  },
  {
    description: 'a signing mode of the other operation',
    text: `take(createCmpassportClient({ appId: '1', appKey: '2', signing: { loginTokenValidate: 'hmac' } }));`,
  },
];
