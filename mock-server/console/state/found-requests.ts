/** The requests that the server finds for the text of the filter: it searches all records and their findings, the page only what it has loaded. */
import { effect, signal } from '@preact/signals';
import type { JournalPage, JournalRecord } from '../../../src/control/api.js';
import { transport } from './mock.js';
import { notifyProblem } from './notices.js';
import { place } from './place.js';

const AFTER_TYPING_MS = 300;
const PAGE_LIMIT = 1000;

/** Newest first. */
export const found = signal<readonly JournalRecord[]>([]);
export const isSearching = signal(false);

effect(() => {
  const { text = '' } = place.value.parameters;
  found.value = [];
  isSearching.value = text !== '';
  if (text === '') return undefined;
  const stopped = new AbortController();
  const timer = setTimeout(() => void search(text, stopped.signal).catch(notifyProblem), AFTER_TYPING_MS);
  return () => {
    clearTimeout(timer);
    stopped.abort();
  };
});

async function search(text: string, stopped: AbortSignal): Promise<void> {
  let after: string | undefined;
  do {
    const query = { text, limit: PAGE_LIMIT, after };
    const page = await transport.call<JournalPage>({ method: 'GET', path: '/requests', query });
    if (stopped.aborted) return;
    found.value = [...found.value, ...page.requests];
    after = page.more ? (page.after ?? undefined) : undefined;
  } while (after !== undefined);
  isSearching.value = false;
}
