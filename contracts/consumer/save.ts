/** A scenario's exchanges as files: what the client sent, what it was answered, what its command wrote. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { join } from 'node:path';
import { UsageProblem } from '../command/usage-problem.js';
import type { Redact } from '../report/redact.js';
import type { Evidence } from './evidence.js';
import type { Ran } from './run-scenario.js';
import type { Scenario } from './scenario.js';

export interface Saving {
  readonly folder: string;
  /** Those that pass too. */
  readonly all: boolean;
  /** By what is known to be hidden at that time. */
  redact(): Redact;
}

export interface Saver {
  readonly all: boolean;
  /** The files' paths; written once, however often they are asked for. */
  save(ran: Ran): readonly string[];
}

interface File {
  readonly name: string;
  readonly text: string;
}

const OUTPUT = 'output.txt';
const SAVED = /^(?:(?:request|answer)-\d+\.http|output\.txt)$/;

/** Throws a UsageProblem for a folder that cannot be made: that is better known before the run than after it. */
export function makeFolder(folder: string): void {
  orSay(folder, () => mkdirSync(folder, { recursive: true }));
}

/** Removes what an earlier run saved of these scenarios. Throws a UsageProblem where the folder cannot be written. */
export function exchangeSaver({ folder, all, redact }: Saving, scenarios: readonly Scenario[]): Saver {
  const saved = new Map<Scenario, readonly string[]>();
  orSay(folder, () => {
    for (const { id } of scenarios) removeSaved(join(folder, id));
  });
  return {
    all,
    save: (ran) => {
      const paths =
        saved.get(ran.scenario) ?? orSay(folder, () => written(join(folder, ran.scenario.id), ran, redact()));
      saved.set(ran.scenario, paths);
      return paths;
    },
  };
}

function removeSaved(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (SAVED.test(name)) rmSync(join(folder, name));
}

function written(folder: string, ran: Ran, redact: Redact): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return filesOf(ran).map(({ name, text }) => {
    const path = join(folder, name);
    writeFileSync(path, redact(text));
    return path;
  });
}

function filesOf({ sent, ended: { output } }: Ran): readonly File[] {
  const exchanges = sent.flatMap((evidence, at) => [
    { name: `request-${at + 1}.http`, text: requestText(evidence, at) },
    ...(evidence.answer === undefined ? [] : [{ name: `answer-${at + 1}.http`, text: answerText(evidence, at) }]),
  ]);
  return output === '' ? exchanges : [...exchanges, { name: OUTPUT, text: `${output}\n` }];
}

/** A comment, as editors take it in such files, then the request; what was no HTTP is there as it came. */
function requestText({ request, scenario, atMs }: Evidence, at: number): string {
  const comment = `# ${scenario.id}, request ${at + 1}, received at ${new Date(atMs).toISOString()}`;
  const { method, path, headers, body } = request;
  if (method === '') return `${comment}\n${body}`;
  return [comment, `${method} ${path} HTTP/1.1`, ...headers.map(headerLine), '', body.toString()].join('\n');
}

/** How the recorder made it, and whether it delivered it, is what the scenario says. */
function answerText({ answer, scenario }: Evidence, at: number): string {
  const { status = 0, headers = {}, body = '' } = answer ?? {};
  return [
    `# ${scenario.id}, answer ${at + 1}, as the scenario has it: ${JSON.stringify(scenario.answer)}`,
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd(),
    ...Object.entries(headers).map(headerLine),
    '',
    body.toString(),
  ].join('\n');
}

function headerLine([name, value]: readonly [string, string]): string {
  return `${name}: ${value}`;
}

function orSay<T>(folder: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error;
    throw new UsageProblem(`--save ${folder}: cannot be written (${why}); name a folder that can`);
  }
}
