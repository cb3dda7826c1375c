/** docs/api is what the docstrings say: it is generated anew and compared. `npm run api-docs` brings it up to date. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KEPT = 'docs/api';

function pagesOf(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-api-'));
try {
  execFileSync('npx', ['typedoc', '--logLevel', 'Warn', '--out', folder], { stdio: 'inherit' });
  const [kept, made] = [pagesOf(KEPT), pagesOf(folder)];
  const stale = [...new Set([...kept.keys(), ...made.keys()])].filter((name) => kept.get(name) !== made.get(name));
  if (made.size === 0) stale.push('all of it: nothing was generated');
  console.log(stale.length === 0 ? `${made.size} pages, all in sync` : `${KEPT} is stale: ${stale.join(', ')}`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
