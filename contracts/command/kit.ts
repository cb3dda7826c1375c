/** What the commands of the kit get from whoever starts the process: they read no clock, no environment and no terminal themselves. */
import type { Environment } from '../provider/profile.js';
import type { Sources } from '../provider/run-case.js';

export interface StartedMock {
  readonly url: string;
  close(): Promise<void>;
}

export interface Kit {
  readonly version: string;
  readonly sources: Sources;
  readonly env: Environment;
  readonly out: Output;
  /** For the consumer suite, which needs a carrier to put behind its recorder. */
  startMock(): Promise<StartedMock>;
}

export interface Output {
  readonly colour: boolean;
  /** Whether somebody watches, so that a line may be written over. */
  readonly isTerminal: boolean;
  readonly columns: number;
  write(text: string): void;
  /** To standard error. */
  complain(text: string): void;
}
