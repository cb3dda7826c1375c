/**
 * Checks the imports against .dependency-cruiser.cjs. Also fails if folders import each other, if a rule names a missing
 * file or package, or if few modules are found.
 */
import { cruise } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTypeScript from 'dependency-cruiser/config-utl/extract-ts-config';

const FOLDERS = ['src', 'mock-server', 'contracts', 'fixtures', 'test', 'bench'];
const MODULES_MIN = 50;
// In each of these folders, the files and folders directly inside it form no circle.
const WITHOUT_CIRCLES = ['mock-server', 'mock-server/carrier', 'contracts'];
// The patterns of these rules need not match a module.
const GENERAL_RULES = ['no-orphans'];

const options = await extractConfig('./.dependency-cruiser.cjs');
const { output } = await cruise(FOLDERS, options, undefined, {
  tsConfig: extractTypeScript('tsconfig.json'),
});
const { violations, totalCruised, totalDependenciesCruised } = output.summary;
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} imports ${to}`);

const paths = output.modules.flatMap(({ source, dependencies }) => [
  source,
  ...dependencies.map((to) => to.resolved),
]);
const dead = options.ruleSet.forbidden
  .filter(({ name }) => !GENERAL_RULES.includes(name))
  .flatMap(({ name, from, to }) => {
    const patterns = [from, to].flatMap(({ path = [], pathNot = [] }) => [path, pathNot].flat());
    return patterns.flatMap(alternatives).map((pattern) => ({ name, pattern }));
  })
  .filter(({ pattern }) => !paths.some((path) => new RegExp(pattern).test(path)));
for (const { name, pattern } of dead)
  console.error(`${name}: no module matches ${pattern}. Fix or remove the pattern.`);

const circles = WITHOUT_CIRCLES.flatMap((root) => circlesIn(root, output.modules));
for (const rooms of circles) console.error(`circle of folders: ${rooms.join(' -> ')}`);

console.log(
  `${totalCruised} modules, ${totalDependenciesCruised} imports, ${violations.length} violations`,
);
if (totalCruised < MODULES_MIN)
  console.error(`expected at least ${MODULES_MIN} modules, found ${totalCruised}`);
process.exitCode =
  violations.length + circles.length + dead.length > 0 || totalCruised < MODULES_MIN ? 1 : 0;

/** Expands `a|b` and groups `(?:a|b)`. */
function alternatives(pattern) {
  const group = /^(.*?)\(\?:([^()]*)\)(?!\?)(.*)$/.exec(pattern);
  if (group === null) return pattern.split('|');
  const [, before, inside, after] = group;
  return inside.split('|').flatMap((one) => alternatives(before + one + after));
}

/** Returns a path from each room of a folder back to itself. A room is a folder or file directly in it, with all that is below. */
function circlesIn(root, modules) {
  const roomOf = (path) =>
    path.startsWith(`${root}/`) ? path.split('/', root.split('/').length + 1).join('/') : undefined;
  const imports = new Map();
  for (const { source, dependencies } of modules) {
    const from = roomOf(source);
    const to = dependencies
      .map(({ resolved }) => roomOf(resolved))
      .filter((room) => room !== undefined && room !== from);
    if (from !== undefined) imports.set(from, new Set([...(imports.get(from) ?? []), ...to]));
  }
  return [...imports.keys()].flatMap((room) => pathBack(room, imports));
}

/** The shortest path, as a list with one element; empty without one. */
function pathBack(room, imports) {
  const seen = new Set();
  let paths = [[room]];
  while (paths.length > 0) {
    paths = paths.flatMap((path) =>
      [...(imports.get(path.at(-1)) ?? [])].map((next) => [...path, next]),
    );
    const back = paths.find((path) => path.at(-1) === room);
    if (back !== undefined) return [back];
    paths = paths.filter((path) => !seen.has(path.at(-1)) && seen.add(path.at(-1)));
  }
  return [];
}
