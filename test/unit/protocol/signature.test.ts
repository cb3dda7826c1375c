/** Signing by the scheme of an operation. */
import { expect, test } from 'vitest';
import { signatureOf } from '../../../src/protocol/signature.js';

test('an operation that has only RSA is not signed with a secret', () => {
  expect(() => signatureOf('h5TokenValidate', {}, { secret: 'k' })).toThrow(
    'h5TokenValidate is not signed with a secret',
  );
});
