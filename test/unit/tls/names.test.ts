/** The names and addresses that a certificate can contain. */
import { expect, test } from 'vitest';
import { isCertificateName } from '../../../mock-server/http/tls/names.js';

test.each(['a', 'a-b.c_d.test', '*.a.test', '10.0.0.1', '::1'])('"%s" is valid', (name) => {
  expect(isCertificateName(name)).toBe(true);
});

test.each(['', '.', 'a..b', '-a', 'a.*', 'a b', 'a:443'])('"%s" is not valid', (name) => {
  expect(isCertificateName(name)).toBe(false);
});
