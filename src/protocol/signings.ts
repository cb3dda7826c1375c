/** The ways to sign a request, the one that is taken unless another is asked for first. The document, 1.2 sign and 2.3 keyType. */
export const SIGNINGS = { loginTokenValidate: ['md5', 'rsa'], tokenValidate: ['hmac', 'rsa'] } as const;

export type Signing = (typeof SIGNINGS)[keyof typeof SIGNINGS][number];
