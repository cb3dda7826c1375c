/** The network of a file with carriers behind msw. */
import { syncBuiltinESMExports } from 'node:module';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll } from 'vitest';

export const network = setupServer();

/** Intercepts requests while the tests of a file run. Other files of the same worker use the real network. */
export function useNetwork(): void {
  beforeAll(() => {
    network.listen({ onUnhandledRequest: 'error' });
    // msw replaces functions of node:http. This updates the named imports of other modules.
    syncBuiltinESMExports();
  });
  afterAll(() => {
    network.resetHandlers();
    network.close();
    syncBuiltinESMExports();
  });
}

let bases = 0;

/** A new URL for each carrier. */
export function newBase(): string {
  bases += 1;
  return `http://carrier-${bases}.test`;
}
