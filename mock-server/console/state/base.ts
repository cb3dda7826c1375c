/** The address of the mock, without a slash at its end. It has a path if a proxy serves the mock below one. */
export const BASE = new URL('../..', import.meta.url).href.replace(/\/$/, '');
