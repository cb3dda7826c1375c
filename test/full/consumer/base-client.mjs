/** A small correct client. The wrong clients are this source with one change. Its argument is the signing mode: plain (MD5, HMAC) or rsa. */
import {
  constants,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  randomUUID,
  sign,
} from 'node:crypto';
import http from 'node:http';

const ACCEPTED = 0;
const REFUSED = 3;
// Far longer than a response in pieces takes, also on a busy machine.
const TIMEOUT_MS = 3000;
const ANSWER_BYTES_MAX = 65_536;
const BEIJING_MS = 8 * 3_600_000;

const rsa = process.argv[2] === 'rsa';
const env = Object.fromEntries(
  Object.entries(process.env).map(([name, value]) => [name.replace('CMPASSPORT_', ''), value]),
);
const msgId = randomUUID();
const time = new Date(Date.now() + BEIJING_MS).toISOString().replace(/\D/g, '');

const OPERATIONS = {
  loginTokenValidate: {
    path: '/unisdk/rsapi/loginTokenValidate',
    request: loginRequest,
    code: (answer) => answer.resultCode,
    echo: (answer) => answer.inresponseto,
    success: '103000',
    number: (answer) => (rsa ? decrypted(answer.msisdn) : answer.msisdn),
  },
  tokenValidate: {
    path: '/openapi/rs/tokenValidate',
    request: verifyRequest,
    code: (answer) => answer.header?.resultCode,
    echo: (answer) => answer.header?.msgId,
    success: '000',
    number: () => env.PHONE_NUMBER,
  },
  h5TokenValidate: {
    path: '/h5/onekeylogin/tokenValidate',
    request: pageRequest,
    headers: {
      interfaceVersion: '2.0',
      appId: env.APP_ID,
      traceId: msgId,
      timestamp: time,
      businessType: '8',
    },
    code: (answer) => answer.resultCode,
    echo: () => answered.headers.traceid,
    success: '103000',
    number: (answer) => ofPage(answer.data?.msisdn),
  },
};
/** The latest response. */
const answered = { headers: {} };

function loginRequest() {
  const fields = {
    version: '2.0',
    msgid: msgId,
    systemtime: time,
    strictcheck: '0',
    appid: env.APP_ID,
    token: env.TOKEN,
  };
  const text =
    fields.appid +
    fields.version +
    fields.msgid +
    fields.systemtime +
    fields.strictcheck +
    fields.token;
  if (rsa)
    return {
      ...fields,
      encryptionalgorithm: 'RSA',
      sign: signed('sha256', fields.appid + fields.token).toString('hex'),
    };
  const md5 = createHash('md5')
    .update(text + env.APP_SECRET)
    .digest('hex');
  return { ...fields, sign: md5.toUpperCase() };
}

function verifyRequest() {
  const header = { version: '1.0', msgId, timestamp: time, appId: env.APP_ID };
  const number = env.PHONE_NUMBER + env.APP_KEY + header.timestamp;
  const hash = createHash('sha256').update(number).digest('hex').toUpperCase();
  const phoneNum = rsa ? encrypted(number) : hash;
  const text =
    header.appId + header.msgId + phoneNum + header.timestamp + env.TOKEN + header.version;
  const hmac = createHmac('sha256', env.APP_KEY).update(text).digest('hex').toUpperCase();
  const signature = rsa
    ? { keyType: '1', sign: signed('md5', text).toString('base64') }
    : { keyType: '0', sign: hmac };
  return {
    header,
    body: { openType: '1', requesterType: '0', phoneNum, token: env.TOKEN, ...signature },
  };
}

function pageRequest() {
  const { interfaceVersion } = OPERATIONS.h5TokenValidate.headers;
  const text = env.APP_ID + msgId + time + env.TOKEN + interfaceVersion;
  return {
    token: env.TOKEN,
    userInformation: env.USER_INFORMATION,
    sign: signed('sha256', text).toString('hex').toUpperCase(),
  };
}

function ofPage(encrypted) {
  const decipher = createDecipheriv('aes-128-ecb', env.APP_KEY.padEnd(16, '0').slice(0, 16), null);
  return decipher.update(encrypted, 'base64', 'utf8') + decipher.final('utf8');
}

function signed(hash, text) {
  return sign(
    hash,
    Buffer.from(text),
    createPrivateKey({
      key: Buffer.from(env.APP_SIGN_KEY, 'base64'),
      format: 'der',
      type: 'pkcs8',
    }),
  );
}

function encrypted(text) {
  const key = createPublicKey({
    key: Buffer.from(env.PLATFORM_PUBLIC_KEY, 'base64'),
    format: 'der',
    type: 'spki',
  });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text)).toString(
    'base64',
  );
}

function decrypted(hex) {
  const key = createPrivateKey({
    key: Buffer.from(env.APP_DECRYPT_KEY, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const block = privateDecrypt(
    { key, padding: constants.RSA_NO_PADDING },
    Buffer.from(hex, 'hex'),
  ).toString('latin1');
  return block.slice(block.indexOf('\0', 2) + 1);
}

/** Rejects if no complete response arrives. */
function post(path, body) {
  return new Promise((resolve, reject) => {
    const url = env.BASE_URL + path;
    const headers = {
      ...OPERATIONS[env.OPERATION].headers,
      ...{ 'content-type': 'application/json' },
    };
    const outgoing = http.request(url, { method: 'POST', headers }, (response) => {
      const chunks = [];
      let bytes = 0;
      answered.headers = response.headers;
      response.on('error', reject);
      response.on('data', (chunk) => {
        bytes += chunk.length;
        if (bytes > ANSWER_BYTES_MAX) outgoing.destroy(new Error('too large'));
        else chunks.push(chunk);
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          text: Buffer.concat(chunks).toString(),
          headers: response.headers,
        }),
      );
    });
    const timer = setTimeout(() => outgoing.destroy(new Error('timeout')), TIMEOUT_MS);
    outgoing.on('error', reject);
    outgoing.on('close', () => clearTimeout(timer));
    outgoing.end(body);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSuccess(operation, text) {
  const answer = parsed(text);
  if (typeof answer !== 'object' || answer === null) return false;
  if (operation.code(answer) !== operation.success) return false;
  if (operation.echo(answer) !== msgId) return false;
  return /^1\d{10}$/.test(operation.number(answer));
}

async function main() {
  const operation = OPERATIONS[env.OPERATION];
  const request = operation.request();
  const { status, text } = await post(operation.path, JSON.stringify(request));
  if (status !== 200) return REFUSED;
  return isSuccess(operation, text) ? ACCEPTED : REFUSED;
}

main().then(
  (status) => process.exit(status),
  () => process.exit(REFUSED),
);
