/** Teams that share a server. An app belongs to the team whose control token it has. */
import type { ConfiguredTeam, Teams } from '../engine/app-settings.js';
import type { TeamScope } from './apps.js';
import { hashControlToken } from './control-token.js';

export function teamsOf(configured: readonly ConfiguredTeam[]): Teams {
  return new Map(
    configured.map(({ name, controlToken }) => [hashControlToken(controlToken), name]),
  );
}

/** The team whose token a caller presents; undefined for any other token. */
export function teamScope(teams: Teams, controlToken: string): TeamScope | undefined {
  if (teams.size === 0) return undefined;
  const controlTokenHash = hashControlToken(controlToken);
  const team = teams.get(controlTokenHash);
  return team === undefined ? undefined : { team, controlToken, controlTokenHash };
}
