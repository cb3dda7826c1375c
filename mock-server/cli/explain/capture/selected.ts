/** The request of a capture that is explained: one that the carrier refused, if the capture has its responses. */
import { OPERATIONS } from '../../../../src/protocol/operations.js';
import { moduleOf } from '../../../carrier/engine/operations/operations.js';
import { msgIdOf } from './around-requests.js';
import type { Capture, Captures } from './capture.js';

const ACCEPTED: readonly string[] = OPERATIONS.map(({ operation }) => moduleOf(operation).allMet);

export function selected({ captures, among }: Captures): Capture {
  const refused = captures.find(({ answered }) => answered !== undefined && !isAccepted(answered));
  const chosen = refused ?? captures[0];
  const usedBy = userOfToken(chosen, captures, among?.as === 'newest');
  return {
    ...chosen,
    ...(usedBy !== undefined && { tokenUsedBy: usedBy }),
    ...(among !== undefined && { among: { ...among, isRefused: refused !== undefined } }),
  };
}

function isAccepted(answered: string | undefined): boolean {
  return answered !== undefined && ACCEPTED.includes(answered);
}

const TOKEN = /"token"\s{0,9}:\s{0,9}"([^"\\]{1,1000})"/i;

/** The msgid, or the place, of an earlier request that was accepted with the token. */
function userOfToken(
  chosen: Capture,
  captures: readonly Capture[],
  isNewestFirst: boolean,
): string | undefined {
  const token = TOKEN.exec(chosen.body)?.[1];
  if (token === undefined || isAccepted(chosen.answered)) return undefined;
  const at = captures.indexOf(chosen);
  const earlier = isNewestFirst ? captures.slice(at + 1) : captures.slice(0, at);
  const place = earlier.findIndex(
    ({ answered, body }) => isAccepted(answered) && TOKEN.exec(body)?.[1] === token,
  );
  const user = earlier[place];
  return user && (msgIdOf(user) ?? `#${place + 1}`);
}
