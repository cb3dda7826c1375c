/** The process as arguments: the kit's commands do not read the clock, the environment or the terminal themselves. */

import type { Bilingual, Language } from '../../src/text/bilingual.js';
import type { Certificate } from '../consumer/intercept.js';
import type { Finding } from '../kit/result.js';
import type { Sources } from '../kit/send-case.js';
import type { Environment } from '../kit/wire.js';
import type { CapturedRequest, ExplainedBy } from '../replay/run-replay.js';
import { withoutCommands } from '../report/text.js';

export interface StartedMock {
  readonly url: string;
  close(): Promise<void>;
}

export interface KitInputs {
  readonly version: string;
  /** This program in a shell, for printed commands: `npx --no -- cmpassport-mock`. */
  readonly program: string;
  /** The language of reports, help and usage errors. */
  readonly language: Language;
  readonly sources: Sources;
  readonly env: Environment;
  readonly cores: number;
  readonly out: Streams;
  /** The captured requests of a file, or an error sentence. `-` is standard input. */
  readCaptures(file: string): Promise<readonly CapturedRequest[] | Bilingual>;
  /** The known mistakes in a captured request, the most informative first. */
  explainCaptured(request: CapturedRequest, given: ExplainedBy): Promise<readonly Finding[]>;
  /** Prompts the user at the terminal; absent without a terminal. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Issues a certificate for host names, with a CA of its own. */
  certificateFor(names: readonly string[]): Promise<Certificate>;
  /** Starts the mock behind the recorder of the consumer suite. */
  startMock(): Promise<StartedMock>;
}

export interface Streams {
  readonly colour: boolean;
  /** Whether the output is a terminal, where a line can be overwritten. */
  readonly isTerminal: boolean;
  write(text: string): void;
  /** Writes to standard error. */
  complain(text: string): void;
}

/** `KitInputs` with an output that escapes commands for a CI system in the texts of clients and carriers. */
export interface Kit extends KitInputs {
  readonly out: Output;
}

export interface Output extends Streams {
  /** Writes commands for the CI system. */
  annotate(text: string): void;
}

export function kitOf(inputs: KitInputs): Kit {
  const { out } = inputs;
  return {
    ...inputs,
    out: {
      ...out,
      write: (text) => out.write(withoutCommands(text)),
      complain: (text) => out.complain(withoutCommands(text)),
      annotate: (text) => out.write(text),
    },
  };
}
