/** The apps that were created in this browser. Tests created all other apps of the control API. */
import { storedList } from './stored-choice.js';

const CREATED_MAX = 100;

const created = storedList('createdApps', CREATED_MAX);

export function isCreatedHere(appId: string): boolean {
  return created.value.includes(appId);
}

export function rememberCreated(appId: string): void {
  created.add(appId);
}
