/** Which Node is refused, and the sentence in both languages. */
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { oldNodeProblem } from '../../src/text/node-version.js';

// 21.0 to 21.6 have no crypto.hash.
const REFUSED = ['21.6.2', '20.18.3', '20.9.0', '18.20.8', '12.22.12', '8.17.0'];
const ACCEPTED = [
  '20.19.0',
  '20.19.1',
  '20.20.0',
  '22.0.0',
  '24.1.0',
  '100.0.0',
  '25.0.0-nightly20250401',
];
const path = '/opt/node/bin/node';

test('package.json requires the version of these rows', () => {
  expect(manifest.engines).toEqual({ node: '^20.19.0 || >=22.0.0' });
});

test.each(REFUSED)('%s is refused', (version) => {
  const remedies = {
    en: 'install one of these versions, or put it first in PATH.',
    zh: '请安装符合要求的版本，或把它放到 PATH 前面。',
  };
  expect(oldNodeProblem({ version, path })).toEqual({
    en: `cmpassport-mock needs Node.js ^20.19.0 || >=22.0.0, but ${path} is ${version}: ${remedies.en}`,
    zh: `cmpassport-mock 需要 Node.js ^20.19.0 || >=22.0.0，当前的 ${path} 是 ${version}：${remedies.zh}`,
  });
});

test.each(ACCEPTED)('%s is accepted', (version) => {
  expect(oldNodeProblem({ version, path })).toBeUndefined();
});
