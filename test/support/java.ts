/** Compiles and runs programs in Java, and tests with JUnit 5. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import jars from './java-jars.json' with { type: 'json' };
import { hasJava } from './programs.js';

const JARS = jars.junit.map((name) => `/usr/share/java/${name}.jar`);

/** JUnit 5, with a JDK. */
export function hasJunit(): boolean {
  if (!hasJava()) return false;
  const found = JARS.every(existsSync);
  if (!found && process.env['CI'] === 'true')
    throw new Error('junit5 is not installed, and CI needs it');
  if (!found) console.warn('skipped: the tests that need JUnit 5, which Debian’s junit5 installs');
  return found;
}

/** The class path of the folders and JUnit. */
export function classPath(folders: readonly string[]): string {
  return [...folders, ...JARS].join(':');
}

/** A JVM that lives for a second starts faster without its optimizing compiler. */
export const FAST_START = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program without CMPASSPORT_ and JAVA_ variables, except the given ones. */
export async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: object = {},
): Promise<Ended> {
  const others = Object.entries(process.env).filter(
    ([name]) => !/^(?:CMPASSPORT_|JAVA_)/.test(name),
  );
  const child = promisify(execFile)(program, args, {
    cwd,
    env: { ...Object.fromEntries(others), ...env },
  });
  return child.then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
  );
}

interface Compilation {
  readonly sources: readonly string[];
  readonly classes: string;
  readonly flags?: readonly string[];
}

const FOR_JAVA_8 = [
  '--release',
  '8',
  '-Xlint:all',
  '-Xlint:-path',
  '-Xlint:-options',
  '-Xlint:-serial',
  '-Werror',
];

export const DONE: Ended = { status: 0, stdout: '', stderr: '' };

/** Compiles the sources into the folder, which is also on the class path. */
export function compiled({ sources, classes, flags = FOR_JAVA_8 }: Compilation): Promise<Ended> {
  const output = ['-d', classes, '-cp', classPath([classes])];
  const args = ['-J-XX:TieredStopAtLevel=1', '-encoding', 'UTF-8', ...flags, ...output, ...sources];
  return run('javac', args, classes);
}

interface TestRun {
  readonly classes: string;
  readonly cwd: string;
  readonly env?: object;
}

/** Runs all tests in the folder of classes. */
export function runJunit({ classes, cwd, env }: TestRun): Promise<Ended> {
  const launcher = ['org.junit.platform.console.ConsoleLauncher', `--scan-classpath=${classes}`];
  return run('java', [...FAST_START, '-cp', classPath([classes]), ...launcher], cwd, env);
}
