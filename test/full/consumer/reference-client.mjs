/** The reference client as a command for the consumer suite: one call, then an exit status. Its argument is the signing mode: plain (MD5, HMAC) or rsa. */
import { createCmpassportClient } from '../../../dist/cmpassport-client/index.mjs';

const ACCEPTED = 0;
const REFUSED = 3;

const env = Object.fromEntries(
  Object.entries(process.env).map(([name, value]) => [name.replace('CMPASSPORT_', ''), value]),
);
const keys = {
  appSignPrivateKey: env.APP_SIGN_KEY,
  appDecryptPrivateKey: env.APP_DECRYPT_KEY,
  platformPublicKey: env.PLATFORM_PUBLIC_KEY,
};
const client = createCmpassportClient({
  appId: env.APP_ID,
  appKey: env.APP_KEY,
  appSecret: env.APP_SECRET,
  ...(process.argv[2] === 'rsa' && { keys }),
  baseUrl: env.BASE_URL,
  production: false,
  timeoutMs: 3000,
});

const CALLS = {
  loginTokenValidate: async () =>
    (await client.getPhoneNumber(env.TOKEN)).phoneNumber === env.PHONE_NUMBER,
  tokenValidate: async () =>
    (
      await client.verifyPhoneNumber({
        token: env.TOKEN,
        phoneNumber: env.PHONE_NUMBER,
        operator: 'mobile',
      })
    ).kind === 'ownNumber',
};

CALLS[env.OPERATION]().then(
  (isSuccess) => process.exit(isSuccess ? ACCEPTED : REFUSED),
  (error) => {
    console.error(error.message);
    process.exit(REFUSED);
  },
);
