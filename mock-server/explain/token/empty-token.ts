/** Detects a missing, empty or null token. */
import { nameDistance } from '../../../src/text/edit-distance.js';
import { type SentObject, sentObjects } from '../fields.js';
import type { Subject } from '../subject.js';

const NAME = 'token';
// As for misspelt fields: names with more differences are different words.
const DISTANCE_MAX = 2;

/**
 * Whether the object that should hold the token holds none. False if that object is missing, if the body is for the other
 * operation, or if the field's name is misspelt: those mistakes have their own findings.
 */
export function isTokenEmpty(subject: Subject): boolean {
  const sentObject = sentObjects(subject).find(({ known }) => known.includes(NAME));
  if (sentObject === undefined) return false;
  const token = sentObject.sent[NAME];
  return token === '' || token === null || (token === undefined && !isMisnamed(sentObject));
}

function isMisnamed({ sent, known }: SentObject): boolean {
  return Object.keys(sent).some((name) => !known.includes(name) && isLikeToken(name.trim()));
}

/** The distance of a long name is expensive to compute, and always too large. */
function isLikeToken(name: string): boolean {
  return name.length <= NAME.length + DISTANCE_MAX && nameDistance(name, NAME) <= DISTANCE_MAX;
}
