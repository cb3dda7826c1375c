/** An internal failure in process: the carrier responds as without its store and logs the reason. */
import { setupServer } from 'msw/node';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createCarrierMiddleware } from '../../../mock-server/middleware.js';
import { createCarrierHandlers } from '../../../mock-server/msw.js';
import { serve } from '../../http/in-process/app.js';
import { LOGIN } from '../../support/endpoints.js';
import { send } from '../../support/mock.js';

vi.mock(import('../../../mock-server/carrier/store/memory.js'), async (original) => {
  const { createMemoryStore } = await original();
  const readPartition = () => {
    throw new TypeError('a mistake of ours');
  };
  return { createMemoryStore: () => ({ ...createMemoryStore(), readPartition }) };
});

const PLACES = [
  { place: 'a middleware', start: () => serve(createCarrierMiddleware()) },
  {
    place: 'msw handlers',
    start: async () => {
      const network = setupServer(...createCarrierHandlers().handlers);
      network.listen();
      onTestFinished(() => network.close());
      return 'https://www.cmpassport.com';
    },
  },
];

test.each(PLACES)(
  '$place: a failure is written to standard error with its stack trace',
  async ({ start }) => {
    const url = await start();
    const output: string[] = [];
    const write = vi
      .spyOn(process.stderr, 'write')
      .mockImplementation((text) => output.push(String(text)) > 0);
    onTestFinished(() => write.mockRestore());
    const { json } = await send(
      url,
      'POST',
      LOGIN.path,
      LOGIN.request(
        { appId: '300000000001', appKey: 'k', appSecret: 's', platformPublicKey: 'p' },
        'token',
      ),
    );
    expect(json.resultCode).toBe('103211');
    expect(output).toEqual([
      expect.stringMatching(
        /^cmpassport-mock: \S+ error request .* \(decidedBy serviceUp\): TypeError: a mistake of ours\n +at /,
      ),
    ]);
  },
);
