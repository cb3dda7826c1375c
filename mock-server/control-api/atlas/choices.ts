/** The ways to get a result code: by its cause (`genuine`), or forced. */

export const WAY_NAMES = ['genuine', 'magic', 'header', 'script'] as const;
export type Way = (typeof WAY_NAMES)[number];
