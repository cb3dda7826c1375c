/** The ways to a result code: by its cause, or forced. */

export const WAY_NAMES = ['genuine', 'magic', 'header', 'script'] as const;
export type Way = (typeof WAY_NAMES)[number];
