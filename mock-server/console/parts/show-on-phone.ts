/** On a narrow screen what an action brought is below the edge: it is scrolled to. On a wide one it stands beside. */
const NARROW = '(max-width: 50rem)';

export function showOnPhone(selector: string): void {
  if (!matchMedia(NARROW).matches) return;
  requestAnimationFrame(() => document.querySelector(selector)?.scrollIntoView({ behavior: 'smooth', block: 'start' }));
}
