/** Limits of the carrier that are ours: the document states none. */

/** 64 KiB. A valid request is well under 1 KiB. */
export const BODY_BYTES_MAX = 64 * 1024;
