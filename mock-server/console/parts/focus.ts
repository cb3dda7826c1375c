/** Where the focus goes when what has it is removed. Browsers move it to the start of the page. */

const STOPS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

function isStop(element: HTMLElement): boolean {
  return element.isConnected && element.tabIndex >= 0 && element.checkVisibility();
}

/** What the Tab key stops at, in its order. */
function stops(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(STOPS)].filter(isStop);
}

interface Focused {
  readonly element: Node;
  /** The stops before it. */
  readonly before: readonly HTMLElement[];
  readonly view: Node | null;
}

/** Moves the focus to what takes the place: the next row of a list, the button that replaces another, another view. */
function moveOn(main: HTMLElement, { before, view }: Focused): void {
  if (document.activeElement !== document.body) return;
  const last = before.findLast(isStop);
  const all = stops();
  const next = last && all[all.indexOf(last) + 1];
  (view === main.firstChild ? next : main)?.focus({ preventScroll: true });
}

// A view that moves the focus itself does so within this time.
const SETTLED_MS = 100;

export function keepFocus(main: HTMLElement): void {
  let focused: Focused | undefined;
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Node)) return;
    const isAfter = Node.DOCUMENT_POSITION_FOLLOWING;
    const before = stops().filter((stop) => stop.compareDocumentPosition(target) & isAfter);
    focused = { element: target, before, view: main.firstChild };
  });
  // A user who presses elsewhere leaves it.
  addEventListener('pointerdown', () => {
    focused = undefined;
  });
  const settle = () => {
    const lost = focused?.element.isConnected === false ? focused : undefined;
    if (lost !== undefined) setTimeout(moveOn, SETTLED_MS, main, lost);
  };
  new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
}
