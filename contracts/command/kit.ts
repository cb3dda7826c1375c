/** What the process gives the commands of the kit: they read no clock, no environment and no terminal themselves. */
import type { Environment } from '../provider/profile.js';
import type { Sources } from '../provider/run-case.js';
import type { CapturedRequest, ExplainedBy } from '../replay/captured.js';
import { withoutCommands } from '../report/text.js';
import type { Language } from '../report/words.js';
import type { Finding } from '../results/result.js';

export interface StartedMock {
  readonly url: string;
  close(): Promise<void>;
}

/** What the process gives. */
export interface Surroundings {
  readonly version: string;
  /** How a shell calls this command, for commands that are printed: `npx --no -- cmpassport-mock`. */
  readonly program: string;
  /** Of reports and help, without `--lang`. */
  readonly language: Language;
  readonly sources: Sources;
  readonly env: Environment;
  /** How many processes run at once without taking turns. */
  readonly cores: number;
  readonly out: Streams;
  /** The requests that a file captures, or one sentence that says why there are none; `-` is standard input. */
  readCaptures(file: string): Promise<readonly CapturedRequest[] | string>;
  /** The known mistakes in one of them, what explains the most first. */
  explainCaptured(request: CapturedRequest, given: ExplainedBy): Promise<readonly Finding[]>;
  /** Asks at the terminal; absent without a terminal. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** For the consumer suite, which needs a carrier to put behind its recorder. */
  startMock(): Promise<StartedMock>;
}

export interface Streams {
  readonly colour: boolean;
  /** Whether it is a terminal, where a line may be overwritten. */
  readonly isTerminal: boolean;
  readonly columns: number;
  write(text: string): void;
  /** To standard error. */
  complain(text: string): void;
}

/** The same, with an output on which no text of a client or a carrier is a command for the CI system that reads it. */
export interface Kit extends Surroundings {
  readonly out: Output;
}

export interface Output extends Streams {
  /** Writes commands for the CI system. */
  annotate(text: string): void;
}

export function kitOf(surroundings: Surroundings): Kit {
  const { out } = surroundings;
  return {
    ...surroundings,
    out: {
      ...out,
      write: (text) => out.write(withoutCommands(text)),
      complain: (text) => out.complain(withoutCommands(text)),
      annotate: (text) => out.write(text),
    },
  };
}
