/** Saves the exchanges of a scenario as files: requests, responses, and the output of the command. */

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { join } from 'node:path';
import { writing } from '../../src/text/usage-error.js';
import type { Scenario } from '../kit/case-files.js';
import type { Redact } from '../kit/redact.js';
import type { Evidence, Ran } from './run-scenario.js';

export interface Saving {
  readonly folder: string;
  /** Whether to save passed scenarios too. */
  readonly all: boolean;
  /** A redactor for the secrets known at the time of the call. */
  redact(): Redact;
}

export type Saver = ReturnType<typeof exchangeSaver>;

const SAVED = /^(?:(?:request|answer)-\d+\.http|output\.txt)$/;

/** Creates the folder before the run. Throws a UsageError if this is not possible. */
export function makeFolder(folder: string): void {
  writing('--save', folder, () => mkdirSync(folder, { recursive: true }));
}

/** Removes the files of an earlier run for these scenarios. Throws a UsageError if the folder is not writable. */
export function exchangeSaver({ folder, all, redact }: Saving, scenarios: readonly Scenario[]) {
  const saved = new Map<Scenario, readonly string[]>();
  writing('--save', folder, () => {
    for (const own of scenarios
      .map(({ id }) => join(folder, id))
      .filter((path) => existsSync(path))) {
      for (const name of readdirSync(own)) if (SAVED.test(name)) rmSync(join(own, name));
    }
  });
  return {
    all,
    /** Returns the paths of the files. The files are written only at the first call. */
    save: (ran: Ran) => {
      const paths =
        saved.get(ran.scenario) ??
        writing('--save', folder, () =>
          writeExchange(join(folder, ran.scenario.id), ran, redact()),
        );
      saved.set(ran.scenario, paths);
      return paths;
    },
  };
}

function writeExchange(
  folder: string,
  { sent, ended: { output } }: Ran,
  redact: Redact,
): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const files = sent.flatMap((evidence, at) => [
    { name: `request-${at + 1}.http`, text: requestText(evidence, at) },
    ...(evidence.answer === undefined
      ? []
      : [{ name: `answer-${at + 1}.http`, text: answerText(evidence, at) }]),
  ]);
  if (output !== '') files.push({ name: 'output.txt', text: `${output}\n` });
  return files.map(({ name, text }) => {
    const path = join(folder, name);
    writeFileSync(path, redact(text));
    return path;
  });
}

/** A comment in the syntax of .http files, then the request. Data that is not HTTP is unchanged. */
function requestText({ request, scenario, atMs }: Evidence, at: number): string {
  const comment = `# ${scenario.id}, request ${at + 1}, received at ${new Date(atMs).toISOString()}`;
  const { method, path, headers, body } = request;
  if (method === '') return `${comment}\n${body}`;
  return [
    comment,
    `${method} ${path} HTTP/1.1`,
    ...headers.map(headerLine),
    '',
    body.toString(),
  ].join('\n');
}

/** The comment has the scenario's changes, and whether the recorder delivered the response. */
function answerText({ answer, scenario }: Evidence, at: number): string {
  const { status = 0, headers = {}, body = '' } = answer ?? {};
  return [
    `# ${scenario.id}, response ${at + 1}, changed by the scenario: ${JSON.stringify(scenario.answer)}`,
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd(),
    ...Object.entries(headers).map(headerLine),
    '',
    body.toString(),
  ].join('\n');
}

function headerLine([name, value]: readonly [string, string]): string {
  return `${name}: ${value}`;
}
