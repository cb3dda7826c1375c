/** GET /_mock/apps/:appId/subscribers: the numbers for which an app has scripts. */
import { expect, test } from 'vitest';
import { controlBench, createApp } from '../../support/control.js';

const NONE = { script: '', remaining: '' };

test('the list has the numbers with scripts of the app, in ascending order', async () => {
  const subscribers = [
    { phoneNumber: '13700000000', operator: 'mobile' as const, outcomes: { tokenValidate: '999*' } },
  ];
  const bench = await controlBench({ configuration: { subscribers } });
  const { appId } = await createApp(bench);
  const path = `/_mock/apps/${appId}/subscribers`;
  expect((await bench.api.get(path).expect(200)).body).toEqual({ subscribers: [] });
  const other = await createApp(bench);
  await bench.api
    .put(`/_mock/apps/${other.appId}/subscribers/13500000000`)
    .send({ outcomes: { tokenValidate: '003' } });
  for (const number of ['13900000000', '13700000000'])
    await bench.api.put(`${path}/${number}`).send({ outcomes: { loginTokenValidate: '103211*2' } });
  const scripted = { script: '103211*2', remaining: '103211*2' };
  expect((await bench.api.get(path).expect(200)).body).toEqual({
    subscribers: [
      {
        phoneNumber: '13700000000',
        outcomes: { loginTokenValidate: scripted, tokenValidate: { script: '999*', remaining: '999*' } },
      },
      { phoneNumber: '13900000000', outcomes: { loginTokenValidate: scripted, tokenValidate: NONE } },
    ],
  });
  await bench.api.delete(`${path}/13700000000`).expect(204);
  expect((await bench.api.get(path)).body.subscribers).toHaveLength(1);
});
