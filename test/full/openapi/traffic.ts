/** Calls of a client in both signing modes, and their result codes. */
import type { MockApp } from '../../../src/control/index.js';
import type { CmpassportClient, CmpassportClientConfig } from '../../../src/index.js';
import { keysOf } from '../../http/client/scene.js';
import { TEST_KEYS } from '../../support/keys.js';

const OWN = '13800138000';
const OTHER = '13900139000';

export type Changes = Partial<CmpassportClientConfig>;

/** MD5 and HMACSHA256, or RSA at both operations. */
export type Signing = 'secret' | 'rsa';

interface Call {
  readonly code: string;
  readonly description: string;
  /** The wrong settings of the client. */
  readonly changes?: (app: MockApp) => Changes;
  readonly call: (client: CmpassportClient, app: MockApp) => Promise<unknown>;
}

const login = async (client: CmpassportClient, app: MockApp) =>
  client.getPhoneNumber(await mint(app, 'loginTokenValidate'));

const verify = async (client: CmpassportClient, app: MockApp) => verifyToken(client, await mint(app, 'tokenValidate'));

const UNKNOWN_APP = () => ({ appId: 'nobody' });
const otherSignKey = (app: MockApp): Changes => ({
  keys: { ...keysOf(app), appVerifyKey: undefined, appSignPrivateKey: keysOf(app).appDecryptPrivateKey },
});

const IN_BOTH_MODES: readonly Call[] = [
  { code: '103000', description: 'the number', call: login },
  { code: '103113', description: 'a malformed token', call: (client) => client.getPhoneNumber('STsid1') },
  { code: '103119', description: 'an unknown app', changes: UNKNOWN_APP, call: login },
  {
    code: '104201',
    description: 'a token used twice',
    call: async (client, app) => {
      const token = await mint(app, 'loginTokenValidate');
      await client.getPhoneNumber(token);
      return client.getPhoneNumber(token);
    },
  },
  {
    code: '105018',
    description: 'a token for verify',
    call: async (client, app) => client.getPhoneNumber(await mint(app, 'tokenValidate')),
  },
  { code: '000', description: 'the user’s own number', call: verify },
  {
    code: '001',
    description: 'another number',
    call: async (client, app) => verifyToken(client, await mint(app, 'tokenValidate'), OTHER),
  },
  { code: '102', description: 'an unknown app', changes: UNKNOWN_APP, call: verify },
  {
    code: '606',
    description: 'a token for login',
    call: async (client, app) => verifyToken(client, await mint(app, 'loginTokenValidate')),
  },
];

const IN_ONE_MODE: readonly (Call & { readonly signing: Signing })[] = [
  {
    signing: 'secret',
    code: '103101',
    description: 'another APPSecret',
    changes: () => ({ appSecret: 'another' }),
    call: login,
  },
  {
    signing: 'secret',
    code: '302',
    description: 'another appKey',
    changes: () => ({ appKey: 'another' }),
    call: verify,
  },
  { signing: 'rsa', code: '103101', description: 'another signing key', changes: otherSignKey, call: login },
  { signing: 'rsa', code: '302', description: 'another signing key', changes: otherSignKey, call: verify },
  {
    signing: 'rsa',
    code: '004',
    description: 'another platform’s key',
    changes: (app) => ({ keys: { ...keysOf(app), platformPublicKey: TEST_KEYS.demoAppDecrypt.publicKey } }),
    call: verify,
  },
];

export const CALLS: readonly (Call & { readonly signing: Signing })[] = [
  ...IN_BOTH_MODES.map((call) => ({ ...call, signing: 'secret' as const })),
  ...IN_BOTH_MODES.map((call) => ({ ...call, signing: 'rsa' as const })),
  ...IN_ONE_MODE,
];

async function mint(app: MockApp, capability: 'loginTokenValidate' | 'tokenValidate'): Promise<string> {
  return (await app.mint({ capability, phoneNumber: OWN })).token;
}

function verifyToken(client: CmpassportClient, token: string, phoneNumber = OWN) {
  return client.verifyPhoneNumber({ token, phoneNumber, operator: 'mobile', message: '订单 1' });
}
