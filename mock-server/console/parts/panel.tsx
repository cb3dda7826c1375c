/** A section of a view with a heading. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface PanelProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Shown at the end of the title's line. */
  readonly aside?: ComponentChildren;
}

export function Panel({ title, aside, children }: PanelProps) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <header>
        <h3 id={id}>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}

const NARROW = '(max-width: 50rem)';

/** Scrolls to the result of an action on a narrow screen, where it is below the edge. */
export function showOnPhone(selector: string): void {
  if (!matchMedia(NARROW).matches) return;
  requestAnimationFrame(() => document.querySelector(selector)?.scrollIntoView({ behavior: 'smooth', block: 'start' }));
}
