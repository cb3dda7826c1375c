/** The text of the hosts file in which the carrier's names lead to the mock. */
import { expect, test } from 'vitest';
import {
  hostsText,
  jvmHostsText,
  withFilesFirst,
} from '../../../mock-server/cli/exec/hosts-file.js';

const LED = { names: ['www.cmpassport.com', 'onekey2.cmpassport.com'], address: '127.9.8.7' };
const OURS = [
  '127.9.8.7 www.cmpassport.com onekey2.cmpassport.com',
  '::ffff:127.9.8.7 www.cmpassport.com onekey2.cmpassport.com',
];

test.each([
  { description: 'the entries of the system stay', system: ['127.0.0.1 localhost # me', '# a'] },
  {
    description: 'an entry for the carrier is removed',
    system: ['10.0.0.1 www.cmpassport.com'],
    kept: [],
  },
  {
    description: 'the other names of its line stay',
    system: ['10.0.0.1\tdb WWW.cmpassport.com  cache # staging'],
    kept: ['10.0.0.1 db cache'],
  },
  {
    description: 'a comment and a name that contains the carrier’s are none of its entries',
    system: ['# 10.0.0.1 www.cmpassport.com', '10.0.0.1 www.cmpassport.com.cn'],
  },
])('$description', ({ system, kept = system }) => {
  expect(hostsText(`${system.join('\r\n')}\n`, LED)).toBe([...kept, ...OURS, ''].join('\n'));
});

test.each([
  { system: '', missing: '127.0.0.1 localhost\n127.0.0.1 Build-7\n' },
  { system: '127.0.0.1 localhost\n10.0.0.4 build-7\n', missing: '' },
])('the JVM’s own machine is in its hosts file', ({ system, missing }) => {
  const expected = hostsText(system, LED) + missing;
  expect(jvmHostsText(system, LED, 'Build-7')).toBe(expected);
});

test.each([
  { found: 'hosts: files dns', expected: undefined },
  { found: 'passwd: files', expected: undefined },
  {
    found:
      'passwd: files\nhosts:\tmymachines resolve [!UNAVAIL=return] files dns # a\nnetworks: files',
    expected:
      'passwd: files\nhosts: files\tmymachines resolve [!UNAVAIL=return] files dns # a\nnetworks: files',
  },
])('in $found, the hosts file comes first', ({ found, expected }) => {
  expect(withFilesFirst(found)).toBe(expected);
});
