/** Scrolls to the result of an action on a narrow screen, where it is below the edge. */
const NARROW = '(max-width: 50rem)';

export function showOnPhone(selector: string): void {
  if (!matchMedia(NARROW).matches) return;
  requestAnimationFrame(() => document.querySelector(selector)?.scrollIntoView({ behavior: 'smooth', block: 'start' }));
}
