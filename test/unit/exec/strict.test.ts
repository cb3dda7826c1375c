/** `--strict`: which requests fail a run although its command succeeded. */
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import type { AppInput } from '../../../mock-server/carrier/engine/app-settings.js';
import { collectMistakes } from '../../../mock-server/cli/exec/strict.js';
import { withDefaults } from '../../../mock-server/options/settings.js';
import { STRICTEST_READINGS } from '../../../src/protocol/readings.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { type Fields, loginRequest } from '../../support/requests.js';

const LOGIN = 'loginTokenValidate';
const TITLE = 'the title of a test';

async function scene(input: AppInput = {}) {
  const { settings } = withDefaults({ apps: [] }, '127.0.0.1', STRICTEST_READINGS);
  const { carrier } = newCarrier({ nowMs: NOW_MS, settings });
  const app = await addApp(carrier, { name: TITLE, ...input });
  const collected = collectMistakes(carrier, 'en');
  const handle = createAnswer(carrier);
  let calls = 0;
  return {
    carrier,
    /** Each with a new token and msgid. */
    login: async (changes: Fields = {}, rawHeaders?: readonly string[]) => {
      calls += 1;
      const minted = await mint(carrier, app, {});
      const token = minted === 'exists' ? '' : (minted[0]?.token ?? '');
      const fields = { msgid: `msgid-${calls}`, ...changes };
      const body = loginRequest(credentialsOf(app, carrier), token, fields);
      return handle(exchangeOf(LOGIN, body, rawHeaders && { rawHeaders }));
    },
    mistakes: async () =>
      (await collected()).map(({ appName, resultCode, finding }) => ({
        appName,
        resultCode,
        finding,
      })),
  };
}

describe('a mistake is', () => {
  test.each<{
    description: string;
    calls: readonly Fields[];
    headers?: readonly string[];
    input?: AppInput;
    found: readonly (readonly [resultCode: string, finding: string])[];
  }>([
    { description: 'none in a right request', calls: [{}], found: [] },
    {
      description: 'a time in UTC, although it is accepted',
      calls: [{ systemtime: '20261125013619762' }],
      found: [['103000', 'time.not-beijing']],
    },
    {
      description: 'a request without a Content-Type',
      calls: [{}],
      headers: [],
      found: [['103211', 'header.content-type']],
    },
    {
      description: 'a repeated msgid',
      calls: [{ msgid: '1' }, { msgid: '1' }],
      found: [['103414', 'msgid.repeated']],
    },
    {
      description: 'no request that the default refuses too',
      calls: [{ version: '1.0' }, { sign: '0'.repeat(32) }],
      found: [],
    },
    {
      description: 'nothing that the app allows',
      calls: [{ msgid: '1' }, { msgid: '1' }],
      input: { readings: { 'msgid-replay': 'allowed' } },
      found: [],
    },
  ])('$description', async ({ calls, headers, input, found }) => {
    const { login, mistakes } = await scene(input);
    for (const changes of calls) await login(changes, headers);
    const expected = found.map(([resultCode, finding]) => ({
      appName: TITLE,
      resultCode,
      finding,
    }));
    expect(await mistakes()).toEqual(expected);
  });

  test('a refused request only if no test expects it', async () => {
    const { carrier, login, mistakes } = await scene();
    const { requestId = '' } = await login({}, []);
    carrier.expected.set(requestId, true);
    expect(await mistakes()).toEqual([]);
  });
});
