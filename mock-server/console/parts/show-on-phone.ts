/** On a narrow screen the result of an action is below the edge, and is scrolled to. On a wide one it is in sight. */
const NARROW = '(max-width: 50rem)';

export function showOnPhone(selector: string): void {
  if (!matchMedia(NARROW).matches) return;
  requestAnimationFrame(() => document.querySelector(selector)?.scrollIntoView({ behavior: 'smooth', block: 'start' }));
}
