/** The kinds of refusals that were reported, and the number of their repeats. Bounded for any requests. */

import { isUndocumented } from '../../../src/protocol/result-codes.js';
import type { DetectedFinding } from '../../explain/finding.js';
import { recentApps } from './recent-apps.js';
import type { Refusal, Refused } from './refusal-lines.js';

/** A kind is an app, an operation, a rule and a code. */
export interface Kind {
  latest: Refused;
  /** Whether a line was or will be written. */
  isReported: boolean;
  readonly causes: Set<string>;
  /** Refusals since the last line. */
  repeats: number;
}

// A cause contains the name of a field or a header.
const REMEMBERED_CAUSES_MAX = 100;

/** `onDropped` receives the kinds of an app that is dropped to make room. */
export function refusalKinds(onDropped: (kinds: readonly Kind[]) => void) {
  const apps = recentApps(
    () => new Map<string, Kind>(),
    (kinds) => onDropped([...kinds.values()]),
  );
  return {
    of: ({ refused, known, record: { appId = '' } }: Refusal): Kind => {
      const { operation, resultCode, decidedBy } = refused;
      // Unknown apps share one entry, so that they cannot displace real apps. Undocumented codes share one too.
      const kinds = apps.of(known ? appId : '');
      const key = `${operation} ${isUndocumented(resultCode) ? '' : resultCode} ${decidedBy}`;
      const kind = kinds.get(key) ?? { latest: refused, isReported: false, causes: new Set(), repeats: 0 };
      kinds.set(key, kind);
      return kind;
    },
    all: (): readonly Kind[] => apps.all().flatMap((kinds) => [...kinds.values()]),
  };
}

/** Adds the causes; returns whether one of them is new to this kind. */
export function addCauses({ causes }: Kind, found: readonly DetectedFinding[]): boolean {
  const added = found.map(({ row, evidence }) => `${row.id} ${evidence.field ?? ''}`).filter((id) => !causes.has(id));
  if (causes.size >= REMEMBERED_CAUSES_MAX) return false;
  for (const id of added) causes.add(id);
  return added.length > 0;
}

export function takeRepeats(kind: Kind): number {
  const { repeats } = kind;
  kind.repeats = 0;
  return repeats;
}
