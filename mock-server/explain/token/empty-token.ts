/** No token: left out, empty or null where the operation has it. */
import { nameDistance } from '../../text/edit-distance.js';
import { type Place, placesOf } from '../fields.js';
import type { Subject } from '../subject.js';

const NAME = 'token';
// The same as for a misspelt field: more differences make another word.
const DISTANCE_MAX = 2;

/**
 * Whether the object that ought to hold the token holds none. Not where that object is missing, nor where the other
 * operation's body was sent or the field's name is mistaken: then the token is not what went amiss.
 */
export function isTokenEmpty(subject: Subject): boolean {
  const place = placesOf(subject).find(({ known }) => known.includes(NAME));
  if (place === undefined) return false;
  const token = place.sent[NAME];
  return token === '' || token === null || (token === undefined && !isMisnamed(place));
}

function isMisnamed({ sent, known }: Place): boolean {
  return Object.keys(sent).some((name) => !known.includes(name) && isLikeToken(name.trim()));
}

/** A long name costs much to measure, and is too far away whatever its letters are. */
function isLikeToken(name: string): boolean {
  return name.length <= NAME.length + DISTANCE_MAX && nameDistance(name, NAME) <= DISTANCE_MAX;
}
