/** Links to the sections of an app's page, always visible. The address names the section to scroll to. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../messages/message.js';
import { hashOf } from '../state/hash.js';
import { place } from '../state/place.js';
import { SECTIONS, type SectionName, sectionId } from './section.js';

/** The height of the page's header and this navigation. */
const HEADER_PX = 200;

export function SectionNav({ appId }: { readonly appId: string }) {
  const current = useSignal<SectionName>(SECTIONS[0]);
  const target = place.value.parameters['section'];
  useEffect(() => {
    const update = () => {
      current.value = SECTIONS.findLast((name) => topOf(name) < HEADER_PX) ?? SECTIONS[0];
    };
    addEventListener('scroll', update, { passive: true });
    return () => removeEventListener('scroll', update);
  }, []);
  useEffect(() => stayAt(target), [target]);
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

function scrollTo(target: string | undefined): void {
  const name = SECTIONS.find((section) => section === target);
  if (name !== undefined) document.getElementById(sectionId(name))?.scrollIntoView({ block: 'start' });
}

const USER_EVENTS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** Scrolls to the target again while sections grow as their content loads, until the user acts. */
function stayAt(target: string | undefined): () => void {
  scrollTo(target);
  const sizes = new ResizeObserver(() => scrollTo(target));
  const sections = document.querySelector('.app-sections');
  if (target !== undefined && sections !== null) sizes.observe(sections);
  const stop = () => sizes.disconnect();
  for (const type of USER_EVENTS) addEventListener(type, stop, { once: true, passive: true });
  return () => {
    stop();
    for (const type of USER_EVENTS) removeEventListener(type, stop);
  };
}
