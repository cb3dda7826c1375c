/** What a sign has to look like, whatever it was made of. The document, 1.2 sign and 2.3 sign. */
import { modulusBits } from '../../../src/protocol/rsa-keys.js';
import type { Subject } from '../subject.js';
import { signView } from './sign-view.js';

export interface FormDue {
  readonly due: string;
  readonly encoding: 'hex' | 'Base64';
}

/** The document's own key length, where no key is registered. */
const MODULUS_BITS = 1024;
const BITS_OF_A_BYTE = 8;

export function formDue(subject: Subject): FormDue {
  const { expectedSign } = signView(subject);
  if (expectedSign !== null) return { due: `${expectedSign.length} upper-case hex`, encoding: 'hex' };
  const { request, state } = subject;
  const verifyKey = state.app?.verifyKey;
  const bytes = (verifyKey === undefined ? MODULUS_BITS : modulusBits(verifyKey)) / BITS_OF_A_BYTE;
  const inHex =
    request.operation === 'loginTokenValidate' || state.app?.settings.readings['verify-rsa-encoding'] === 'hex';
  if (inHex) return { due: `${bytes * 2} hex`, encoding: 'hex' };
  return { due: `${Math.ceil(bytes / 3) * 4} Base64 characters`, encoding: 'Base64' };
}
