/** What a caller of the control API must present for an app: the token of its team, or its own token. */
import { equalInConstantTime, sha256Hex } from '../../../src/protocol/sign.js';
import { type ConfiguredTeam, lockOfTeam, type Teams } from '../engine/app-settings.js';
import { createRandom } from '../sources.js';

// 190 bits, which cannot be guessed.
const LENGTH = 32;

/** Ignores the server's seed: two servers with the same seed would have the same token. */
export function generateControlToken(): string {
  return createRandom().base62(LENGTH);
}

export function teamsOf(configured: readonly ConfiguredTeam[]): Teams {
  return new Map(configured.map(({ name, controlToken }) => [sha256Hex(controlToken), name]));
}

/** The lock that a token opens. A generated token is long and random; a slow hash would delay every call. */
export function lockOf(controlToken: string, teams: Teams): string {
  const hash = sha256Hex(controlToken);
  const team = teams.get(hash);
  return team === undefined ? hash : lockOfTeam(team);
}

export function opens(presented: string, lock: string, teams: Teams): boolean {
  return equalInConstantTime(lockOf(presented, teams), lock);
}

/** The apps of a team. */
export interface TeamScope {
  readonly team: string;
  /** As the caller presented it. */
  readonly controlToken: string;
  /** Of the team's apps. */
  readonly lock: string;
}

/** The team whose token a caller presents; undefined for any other token. */
export function teamScope(teams: Teams, controlToken: string): TeamScope | undefined {
  const team = teams.get(sha256Hex(controlToken));
  return team === undefined ? undefined : { team, controlToken, lock: lockOfTeam(team) };
}
