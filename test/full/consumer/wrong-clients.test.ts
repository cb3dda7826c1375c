/** The kill matrix of the consumer suite: each wrong client is caught by the results of caught-by.json. */
import { vi } from 'vitest';
import { wrongClients } from './caught.js';

vi.mock(import('../../../contracts/consumer/run-command.js'), async () => ({
  runCommand: (await import('./client-module.js')).runAsModule,
}));

wrongClients();
