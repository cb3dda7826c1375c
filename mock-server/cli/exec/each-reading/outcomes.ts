/** What the tests of a run got, by the names of their apps, and what differs in another run. */
import type { JournalRecord } from '../../../carrier/store/state-store.js';
import type { Affected } from './first-pass.js';

/** The app of a test with an answer that differs. */
export interface ChangedTest {
  /** The app's name, which tests give it, or the id of an app without a name. */
  readonly app: string;
  /** An operation and its code in the green run; null if only the form of an answer differs. */
  readonly before: string | null;
  readonly after: string | null;
}

/** The operations and codes of each app. */
type Outcomes = ReadonlyMap<string, readonly string[]>;

/** An app that only one of the runs has is not compared: tests without names for their apps create random ids. */
export function changedTests(
  before: readonly JournalRecord[],
  after: readonly JournalRecord[],
  { records }: Pick<Affected, 'records'>,
): readonly ChangedTest[] {
  const now = outcomesOf(after);
  const changed = [...outcomesOf(before)].flatMap(([app, codes]) => {
    const others = now.get(app);
    return others === undefined || isSame(codes, others) ? [] : [changeIn(app, codes, others)];
  });
  if (changed.length > 0) return changed;
  return [...outcomesOf(records).keys()].map((app) => ({ app, before: null, after: null }));
}

function outcomesOf(records: readonly JournalRecord[]): Outcomes {
  const outcomes = new Map<string, string[]>();
  for (const { appId = '-', operation, resultCode = '-', state } of records) {
    const app = state.app?.settings.name ?? appId;
    outcomes.set(app, [...(outcomes.get(app) ?? []), `${operation} ${resultCode}`]);
  }
  return outcomes;
}

/** Requests of one app may arrive in any order. */
function isSame(codes: readonly string[], others: readonly string[]): boolean {
  return codes.toSorted().join() === others.toSorted().join();
}

function changeIn(app: string, codes: readonly string[], others: readonly string[]): ChangedTest {
  return { app, before: firstOnlyIn(codes, others), after: firstOnlyIn(others, codes) };
}

/** The first one that is more frequent in the first list. */
function firstOnlyIn(codes: readonly string[], others: readonly string[]): string | null {
  const left = [...others];
  const only = codes.find((code) => {
    const at = left.indexOf(code);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  return only ?? null;
}
