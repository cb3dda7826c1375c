/** What a failed connection proves: that nothing was sent, and whether another attempt can go better. */

export interface Proof {
  /** Whether the request may have gone out. */
  readonly maybeSent: boolean;
  /** Whether nothing went out and another attempt may succeed. */
  readonly retry: boolean;
}

const MAYBE_SENT: Proof = { maybeSent: true, retry: false };
const NOT_SENT: Proof = { maybeSent: false, retry: true };
const NOT_SENT_NOR_LATER: Proof = { maybeSent: false, retry: false };

/** The system calls of making a connection: whatever fails in them fails before the first byte. */
const CONNECTING = ['connect', 'getaddrinfo'];

/** undici's own code for a connection that was not made in time. */
const CONNECT_TIMEOUT = 'UND_ERR_CONNECT_TIMEOUT';

/** Node's names of what OpenSSL finds wrong with a certificate, before the request: the next attempt finds the same. */
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  // No TLS at all, or none that both speak: the handshake's first messages.
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
]);

// fetch's own error, happy eyeballs, one an address: an error that is deeper, or its own cause, is not understood.
const CAUSES_DEEP_MAX = 5;

interface SystemError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
  /** One an address, where a name has several. */
  readonly errors?: unknown;
}

/** Judges what fetch rejected with. What is not understood may have been sent. */
export function proofOf(error: unknown, deep = CAUSES_DEEP_MAX): Proof {
  try {
    return proofIn(error, deep);
  } catch {
    // A property of it that throws proves nothing.
    return MAYBE_SENT;
  }
}

function proofIn(error: unknown, deep: number): Proof {
  if (typeof error !== 'object' || error === null || deep === 0) return MAYBE_SENT;
  const { code, syscall, cause, errors } = error as SystemError;
  if (Array.isArray(errors) && errors.length > 0) return together(errors.map((each) => proofOf(each, deep - 1)));
  if (typeof code === 'string' && CERTIFICATE_CODES.has(code)) return NOT_SENT_NOR_LATER;
  if (code === CONNECT_TIMEOUT || (typeof syscall === 'string' && CONNECTING.includes(syscall))) return NOT_SENT;
  // fetch wraps what the connection says; an error that has a code of its own speaks for itself.
  return code === undefined && cause !== undefined ? proofOf(cause, deep - 1) : MAYBE_SENT;
}

function together(proofs: readonly Proof[]): Proof {
  return {
    maybeSent: proofs.some(({ maybeSent }) => maybeSent),
    retry: proofs.every(({ retry }) => retry),
  };
}
