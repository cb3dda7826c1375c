/** The expected format of a signature. It does not depend on the signed string. The document, 1.2 sign and 2.3 sign. */

import { modulusBits } from '../../../src/protocol/rsa-keys.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { base64Of, HEX, hexOf, upperHexOf } from '../evidence-words.js';
import type { Text } from '../finding.js';
import { explainedOperation } from '../operations/operations.js';
import type { Subject } from '../subject.js';
import { signView } from './sign-view.js';

export interface ExpectedFormat {
  readonly description: Bilingual;
  /** In characters. */
  readonly length: number;
  readonly encoding: Text;
}

/** The document's key length, used if no key is registered. */
const MODULUS_BITS = 1024;
const BITS_OF_A_BYTE = 8;

export function expectedFormat(subject: Subject): ExpectedFormat {
  const { expectedSign } = signView(subject);
  if (expectedSign !== null) {
    const { length } = expectedSign;
    return { description: upperHexOf(length), length, encoding: HEX };
  }
  const { request, state } = subject;
  const verifyKey = state.app?.verifyKey;
  const bytes = (verifyKey === undefined ? MODULUS_BITS : modulusBits(verifyKey)) / BITS_OF_A_BYTE;
  const inHex = explainedOperation(request.operation).rsaEncoding(readingsOf(state)) === 'hex';
  const length = inHex ? bytes * 2 : Math.ceil(bytes / 3) * 4;
  return inHex
    ? { description: hexOf(length), length, encoding: HEX }
    : { description: base64Of(length), length, encoding: 'Base64' };
}
