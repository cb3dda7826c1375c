/** The sections of an app's page, and the links to them. */

import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../messages/message.js';
import { keepAtTop } from '../parts/panel.js';
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
  const name = SECTIONS.find((section) => section === target);
  useEffect(() => (name === undefined ? undefined : keepAtTop(sectionId(name))), [name]);
  return (
    <nav class="section-nav" aria-label={t('apps.sections')}>
      {SECTIONS.map((section) => (
        <a
          key={section}
          href={hashOf({ view: 'apps', opened: appId, parameters: { section } })}
          aria-current={section === name ? 'true' : undefined}
          onClick={() => document.getElementById(sectionId(section))?.scrollIntoView()}
        >
          {t(`section.${section}`)}
        </a>
      ))}
    </nav>
  );
}
