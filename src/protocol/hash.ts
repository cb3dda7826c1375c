/** `hash` of node:crypto. A named import of it fails on an older Node before the package can name the version that it needs. */
import crypto from 'node:crypto';

export const { hash } = crypto;
