/** The sections of an app's page, and the links to them. */

import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../messages/message.js';
import { hashOf } from '../state/hash.js';
import { place } from '../state/place.js';

/** The sections of an app's page, in order. */
const SECTIONS = [
  'credentials',
  'capabilities',
  'whitelist',
  'keys',
  'calls',
  'clock',
  'readings',
  'state',
] as const;

type SectionName = (typeof SECTIONS)[number];

function sectionId(name: SectionName): string {
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

export function SectionNav({ appId }: { readonly appId: string }) {
  const target = place.value.parameters['section'];
  useEffect(() => scrollTo(target), [target]);
  return (
    <nav class="section-nav" aria-label={t('apps.sections')}>
      {SECTIONS.map((name) => (
        <a
          key={name}
          href={hashOf({ view: 'apps', opened: appId, parameters: { section: name } })}
          aria-current={name === target ? 'true' : undefined}
          onClick={() => scrollTo(name)}
        >
          {t(`section.${name}`)}
        </a>
      ))}
    </nav>
  );
}

function scrollTo(target: string | undefined): void {
  const name = SECTIONS.find((section) => section === target);
  if (name !== undefined)
    document.getElementById(sectionId(name))?.scrollIntoView({ block: 'start' });
}
