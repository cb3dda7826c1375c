/** The sections of an app's page, in order. */
export const SECTIONS = [
  'credentials',
  'capabilities',
  'whitelist',
  'keys',
  'calls',
  'clock',
  'readings',
  'state',
] as const;

export type SectionName = (typeof SECTIONS)[number];

export function sectionId(name: SectionName): string {
  return `section-${name}`;
}
