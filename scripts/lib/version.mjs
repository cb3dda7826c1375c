/**
 * The version of a build. A tagged commit has that of package.json. Any other build has a version of its own, so that npm
 * never takes an older tarball, or its cache, for a newer one.
 */
import { execFileSync } from 'node:child_process';

/**
 * `0.1.0` for a clean tree at the tag `v0.1.0`, else `0.1.0-dev.<commits>+g<commit>`; with uncommitted changes
 * `0.1.0-dev.<commits>.<UTC time>+g<commit>`. Without git, VERSION says it, else `0.1.0-dev`.
 *
 * @param {string} released The version in package.json.
 * @param {{ environment: NodeJS.ProcessEnv, folder: string, now: Date }} from
 */
export function buildVersion(released, { environment, folder, now }) {
  if (environment.VERSION) return environment.VERSION;
  const git = (...args) => gitOutput(args, folder);
  const commit = git('rev-parse', '--short=9', 'HEAD');
  // Also in an archive without its own .git, inside the folder of another project.
  if (commit === undefined || git('rev-parse', '--show-prefix') !== '') return `${released}-dev`;
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  const tags = git('tag', '--points-at', 'HEAD').split('\n');
  if (!changed && tags.includes(`v${released}`)) return released;
  const time = changed ? `.${now.toISOString().replaceAll(/\D/g, '').slice(0, 14)}` : '';
  return `${released}-dev.${git('rev-list', '--count', 'HEAD')}${time}+g${commit}`;
}

/** undefined without git or outside a repository. */
function gitOutput(args, cwd) {
  try {
    const options = { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('git', args, options).trim();
  } catch {
    return undefined;
  }
}
