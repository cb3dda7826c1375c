/** The description of a result code that a selection of outcomes shows. */
import { expect, test } from 'vitest';
import { codeRow } from '../../../mock-server/console/state/code-row.js';
import { controlBench } from '../../support/control.js';

test('every code of a public list has its own description, at each operation', async () => {
  const { api } = await controlBench();
  const { codes: own, beyond } = (await api.get('/_mock/result-codes').expect(200)).body;
  expect(beyond).toHaveLength(12);
  for (const operation of ['loginTokenValidate', 'tokenValidate', 'h5TokenValidate'] as const) {
    for (const { code, desc } of beyond)
      expect(codeRow({ operation, code }, { own, beyond })?.desc).toBe(desc);
  }
});

test('an operation describes its own code, and no list describes another one', async () => {
  const { api } = await controlBench();
  const { codes: own, beyond } = (await api.get('/_mock/result-codes')).body;
  const row = (code: string) => codeRow({ operation: 'loginTokenValidate', code }, { own, beyond });
  expect(row('103101')).toMatchObject({ desc: '签名错误' });
  expect(row('999999')).toBeUndefined();
});
