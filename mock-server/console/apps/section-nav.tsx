/** The sections of an app's page, always in sight. The address names the one that is scrolled to. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../messages/message.js';
import { hashOf } from '../state/hash.js';
import { place } from '../state/place.js';
import { SECTIONS, type SectionName, sectionId } from './sections.js';

/** Below the header of the page and this navigation. */
const READ_FROM_PX = 200;

export function SectionNav({ appId }: { readonly appId: string }) {
  const current = useSignal<SectionName>(SECTIONS[0]);
  const wanted = place.value.parameters['section'];
  useEffect(() => {
    const look = () => {
      current.value = SECTIONS.findLast((name) => topOf(name) < READ_FROM_PX) ?? SECTIONS[0];
    };
    addEventListener('scroll', look, { passive: true });
    return () => removeEventListener('scroll', look);
  }, []);
  useEffect(() => stayAt(wanted), [wanted]);
  return (
    <nav class="section-nav" aria-label={t('apps.sections')}>
      {SECTIONS.map((name) => (
        <a
          key={name}
          href={hashOf({ view: 'apps', opened: appId, parameters: { section: name } })}
          aria-current={name === current.value ? 'true' : undefined}
          onClick={() => scrollTo(name)}
        >
          {t(`section.${name}`)}
        </a>
      ))}
    </nav>
  );
}

function topOf(name: SectionName): number {
  return document.getElementById(sectionId(name))?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY;
}

function scrollTo(wanted: string | undefined): void {
  const name = SECTIONS.find((section) => section === wanted);
  if (name !== undefined) document.getElementById(sectionId(name))?.scrollIntoView({ block: 'start' });
}

const TAKES_OVER = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** Sections grow as their content arrives: until the user does something, the section that the address names stays in its place. */
function stayAt(wanted: string | undefined): () => void {
  scrollTo(wanted);
  const sizes = new ResizeObserver(() => scrollTo(wanted));
  const sections = document.querySelector('.app-sections');
  if (wanted !== undefined && sections !== null) sizes.observe(sections);
  const stop = () => sizes.disconnect();
  for (const type of TAKES_OVER) addEventListener(type, stop, { once: true, passive: true });
  return () => {
    stop();
    for (const type of TAKES_OVER) removeEventListener(type, stop);
  };
}
