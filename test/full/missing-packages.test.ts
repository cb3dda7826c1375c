/** .ci/missing-packages prints the packages of a program that is there, but does not work as the tests need it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/files.js';

const SCRIPT = resolve('.ci', 'missing-packages');

/** Prints its version, and can do nothing else. */
const PROGRAM = '#!/bin/sh\n[ "$1" = --version ]\n';

const ROWS = [
  {
    check: 'mono',
    programs: ['mcs'],
    packages: 'mono-mcs libmono-system-net-http4.0-cil ca-certificates-mono\n',
  },
  { check: 'php', programs: ['php'], packages: 'php-cli php-curl php-mbstring\n' },
  { check: 'haproxy', programs: ['haproxy'], packages: 'haproxy\n' },
  { check: 'compose', programs: ['docker', 'docker-compose'], packages: 'docker-compose\n' },
  { check: 'python3', programs: ['python3'], packages: 'python3\n' },
  { check: 'chromium', programs: ['chromium'], packages: 'chromium-headless-shell\n' },
  { check: 'redis', programs: ['redis-server'], packages: '' },
  // A machine without a JDK runs no test in Java.
  { check: 'junit', programs: ['java'], packages: '' },
];

test.each(ROWS)('$check, if $programs only print a version', ({ check, programs, packages }) => {
  const folder = temporaryFolder();
  for (const name of programs) {
    writeFileSync(join(folder, name), PROGRAM);
    chmodSync(join(folder, name), 0o755);
  }
  const env = { PATH: `${folder}:${process.env['PATH']}`, CHROMIUM: join(folder, 'chromium') };
  expect(execFileSync(SCRIPT, [check], { env, encoding: 'utf8' })).toBe(packages);
});
