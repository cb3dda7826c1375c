/** Who may import whom: .dependency-cruiser.cjs. A rule that names a file or package that is not there fails too, as does a check that sees no module. */
import { cruise } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTypeScript from 'dependency-cruiser/config-utl/extract-ts-config';

const FOLDERS = ['src', 'mock-server', 'contracts', 'fixtures', 'test', 'bench'];
const MODULES_MIN = 50;
// Its extensions and the names of built-in modules are general: not every one has to be in use.
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
for (const { name, pattern } of dead) console.error(`${name}: no module matches ${pattern}`);

console.log(`${totalCruised} modules, ${totalDependenciesCruised} imports, ${violations.length} against the rules`);
if (totalCruised < MODULES_MIN) console.error(`fewer than ${MODULES_MIN} modules seen: the check is blind`);
process.exitCode = violations.length > 0 || dead.length > 0 || totalCruised < MODULES_MIN ? 1 : 0;

/** Each alternative of each path of a rule. */
function patternsOf(...places) {
  return places.flatMap(({ path = [], pathNot = [] }) => [path, pathNot].flat().flatMap(alternatives));
}

/** `a|b` and the first group `(?:a|b)`, written out. */
function alternatives(pattern) {
  const group = /^(.*?)\(\?:([^()]*)\)(?!\?)(.*)$/.exec(pattern);
  if (group === null) return pattern.split('|');
  const [, before, inside, behind] = group;
  return inside.split('|').flatMap((one) => alternatives(before + one + behind));
}
