/** The log line of a refusal shows no credential, whatever the mistake is. */
import { createHash } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import { FINDINGS } from '../../../mock-server/explain/findings.js';
import { logFindings } from '../../../mock-server/telemetry/finding-log.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS, PHONE_NUMBER } from '../../support/engine.js';
import { eventually } from '../../support/poll.js';
import {
  type Credentials,
  type Fields,
  loginRequest,
  verifyRequest,
} from '../../support/requests.js';

const digest = (algorithm: string, text: string) =>
  createHash(algorithm).update(text).digest('hex').toUpperCase();

async function scene() {
  const { carrier: quiet } = newCarrier({ nowMs: NOW_MS });
  const lines: string[] = [];
  const carrier: Carrier = {
    ...quiet,
    log: { ...quiet.log, info: ({ en, zh }) => void lines.push(`${en} ${zh}`) },
  };
  const app = await addApp(carrier, { appId: '300000000042' });
  onTestFinished(logFindings(carrier, 'http://mock.test'));
  return { carrier, app, lines, credentials: credentialsOf(app, carrier) };
}

interface Given {
  readonly app: Credentials;
  readonly token: string;
}

interface Row {
  readonly finding: string;
  readonly operation: 'loginTokenValidate' | 'tokenValidate';
  readonly body: (given: Given) => unknown;
}

const verifyOf = ({ app, token }: Given, body: Fields) =>
  verifyRequest(app, { token, phoneNumber: PHONE_NUMBER }, { body });

const ROWS: readonly Row[] = [
  {
    finding: 'sign.field-missing',
    operation: 'loginTokenValidate',
    body: ({ app, token }) =>
      loginRequest(app, token, { sign: digest('md5', token + app.appSecret) }),
  },
  {
    finding: 'sign.field-extra',
    operation: 'loginTokenValidate',
    body: ({ app, token }) => {
      const { sign: _, ...fields } = loginRequest(app, token);
      const text = Object.values(loginRequest(app, token)).slice(0, -1);
      return {
        ...fields,
        expandparams: 'a',
        sign: digest('md5', `${text.join('')}a${app.appSecret}`),
      };
    },
  },
  {
    finding: 'field.malformed',
    operation: 'tokenValidate',
    body: (given) => verifyOf(given, { phoneNum: given.token + given.app.appKey }),
  },
  {
    finding: 'phone.plain',
    operation: 'tokenValidate',
    body: (given) => verifyOf(given, { phoneNum: PHONE_NUMBER + given.app.appKey }),
  },
  {
    finding: 'phone.algorithm',
    operation: 'tokenValidate',
    body: (given) => verifyOf(given, { phoneNum: digest('md5', PHONE_NUMBER + given.app.appKey) }),
  },
  {
    finding: 'token.url-encoded',
    operation: 'loginTokenValidate',
    body: ({ app, token }) => loginRequest(app, `${token.slice(0, 30)} ${token.slice(30)}`),
  },
  {
    finding: 'value.not-a-string',
    operation: 'loginTokenValidate',
    body: ({ app, token }) => loginRequest(app, token, { sign: [token, app.appSecret] }),
  },
  {
    finding: 'body.not-json',
    operation: 'loginTokenValidate',
    body: ({ app }) => `{"appid" "${app.appSecret}"}`,
  },
];

describe('a line', () => {
  test.each(ROWS)(
    'about $finding shows neither token nor number nor secret',
    async ({ finding, operation, body }) => {
      const { carrier, app, credentials, lines } = await scene();
      const minted = await mint(carrier, app, { capability: operation, phoneNumber: PHONE_NUMBER });
      const token = minted === 'exists' ? '' : (minted[0]?.token ?? '');
      await createAnswer(carrier)(exchangeOf(operation, body({ app: credentials, token })));
      const [line = ''] = await eventually('a line', () =>
        lines.length === 0 ? undefined : lines,
      );
      expect(line).toContain(finding);
      // Also checks parts of a credential, because a sentence shows the ends of a long text.
      for (const secret of [credentials.appKey, credentials.appSecret, token, PHONE_NUMBER]) {
        expect(line).not.toContain(secret.slice(0, 11));
        expect(line).not.toContain(secret.slice(-11));
      }
    },
  );

  test('waits for the lines before it, and lets requests pass between two lines', async () => {
    const { carrier, credentials, lines } = await scene();
    const handle = createAnswer(carrier);
    for (let at = 0; at < 3; at += 1) {
      await handle(
        exchangeOf('loginTokenValidate', loginRequest(credentials, 'x', { sign: 'A7'.repeat(16) })),
      );
    }
    const seen = new Set<number>();
    while (lines.length < 3) {
      seen.add(lines.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect([...seen]).toEqual([0, 1, 2]);
  });
});

/** Evidence with values that were sent, signed or hashed. */
const TELLING = ['{text}', '{signed}', '{inner}', '{characters}'];

test('no evidence that a log may show contains a credential', () => {
  const telling = FINDINGS.filter(({ detail }) => TELLING.some((name) => detail.en.includes(name)));
  expect(telling.length).toBeGreaterThan(5);
  expect(
    telling.filter(
      ({ inLog }) => inLog === true || inLog?.some((name) => TELLING.includes(`{${name}}`)),
    ),
  ).toEqual([]);
});
