/**
 * Checks the imports against .dependency-cruiser.cjs. Also fails if folders import each other, if a rule names a missing
 * file or package, or if few modules are found.
 */
import { dirname } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTypeScript from 'dependency-cruiser/config-utl/extract-ts-config';

const FOLDERS = ['src', 'mock-server', 'contracts', 'fixtures', 'test', 'bench'];
const FOLDERS_WITHOUT_CIRCLES = ['contracts'];
const MODULES_MIN = 50;
// The patterns of these rules need not match a module.
const GENERAL_RULES = ['no-orphans'];

const options = await extractConfig('./.dependency-cruiser.cjs');
const { output } = await cruise(FOLDERS, options, undefined, { tsConfig: extractTypeScript('tsconfig.json') });
const { violations, totalCruised, totalDependenciesCruised } = output.summary;
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} imports ${to}`);

const paths = [
  ...new Set(
    output.modules.flatMap(({ source, dependencies }) => [source, ...dependencies.map(({ resolved }) => resolved)]),
  ),
];
const dead = options.ruleSet.forbidden
  .filter(({ name }) => !GENERAL_RULES.includes(name))
  .flatMap(({ name, from, to }) => patternsOf(from, to).map((pattern) => ({ name, pattern })))
  .filter(({ pattern }) => !paths.some((path) => new RegExp(pattern).test(path)));
for (const { name, pattern } of dead)
  console.error(`${name}: no module matches ${pattern}. Fix or remove the pattern.`);

const circles = FOLDERS_WITHOUT_CIRCLES.flatMap((top) => folderCircles(top));
for (const circle of circles) console.error(`circle of folders: ${circle}`);

console.log(`${totalCruised} modules, ${totalDependenciesCruised} imports, ${violations.length} violations`);
if (totalCruised < MODULES_MIN) console.error(`expected at least ${MODULES_MIN} modules, found ${totalCruised}`);
process.exitCode = violations.length > 0 || dead.length > 0 || circles.length > 0 || totalCruised < MODULES_MIN ? 1 : 0;

/** The folders in `top` from which imports lead back to the same folder. */
function folderCircles(top) {
  const folders = new Map();
  for (const { source, dependencies } of output.modules.filter((module) => module.source.startsWith(`${top}/`))) {
    const imported = dependencies.map(({ resolved }) => dirname(resolved)).filter((path) => path.startsWith(top));
    folders.set(dirname(source), new Set([...(folders.get(dirname(source)) ?? []), ...imported]));
  }
  const above = (folder, seen = new Set()) => {
    for (const next of folders.get(folder) ?? []) if (next !== folder && !seen.has(next)) above(next, seen.add(next));
    return seen;
  };
  return [...folders.keys()].filter((folder) => above(folder).has(folder));
}

/** Returns each alternative of each pattern of a rule. */
function patternsOf(...places) {
  return places.flatMap(({ path = [], pathNot = [] }) => [path, pathNot].flat().flatMap(alternatives));
}

/** Expands `a|b` and groups `(?:a|b)`. */
function alternatives(pattern) {
  const group = /^(.*?)\(\?:([^()]*)\)(?!\?)(.*)$/.exec(pattern);
  if (group === null) return pattern.split('|');
  const [, before, inside, after] = group;
  return inside.split('|').flatMap((one) => alternatives(before + one + after));
}
