/** A section of an app's page: title, hint and settings. */
import type { ComponentChildren } from 'preact';
import { t } from '../messages/message.js';

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

interface SectionProps {
  readonly name: SectionName;
  readonly hint?: string;
  readonly children: ComponentChildren;
}

export function Section({ name, hint, children }: SectionProps) {
  const id = sectionId(name);
  return (
    <section class="app-section" id={id} aria-labelledby={`${id}-title`}>
      <header>
        <h3 id={`${id}-title`}>{t(`section.${name}`)}</h3>
        {hint !== undefined && <p class="hint">{hint}</p>}
      </header>
      <div class="section-body">{children}</div>
    </section>
  );
}
