/** Forced outcomes while the store cannot be reached: headers and magic tokens need none, scripts are in it. */
import { expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { formatMagicToken } from '../../../mock-server/carrier/engine/token-format.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import { StoreUnavailableError } from '../../../mock-server/carrier/store/state-store.js';
import { newCarrier } from '../../support/carrier.js';
import { exchangeOf, loginBody, NOW_MS } from '../../support/engine.js';

const DOWN = new StoreUnavailableError({ en: 'down', zh: '不可用' });

test.each([
  {
    description: 'a header forces its code',
    token: formatMagicToken('103113'),
    rawHeaders: ['X-Mock-Result-Code', '103119'],
    expected: { resultCode: '103119', decidedBy: 'forced' },
  },
  {
    description: 'a magic token forces its code',
    token: formatMagicToken('103113'),
    expected: { resultCode: '103113', decidedBy: 'forced' },
  },
  {
    description: 'another token has the code of the failure',
    expected: { resultCode: '103211', decidedBy: 'serviceUp' },
  },
])('$description', async ({ token, rawHeaders = [], expected }) => {
  for (const readPartition of [
    () => {
      throw DOWN;
    },
    () => Promise.reject(DOWN),
  ]) {
    const store = { ...createMemoryStore(), readPartition };
    const { carrier } = newCarrier({ nowMs: NOW_MS, store });
    const body = loginBody(token === undefined ? {} : { token });
    const exchange = exchangeOf('loginTokenValidate', body, { rawHeaders });
    expect(await createAnswer(carrier)(exchange)).toMatchObject(expected);
  }
});
