/** Who may import whom: .dependency-cruiser.cjs. Fails, too, when it has seen no module, as it does under a TypeScript it cannot read. */
import { cruise } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTypeScript from 'dependency-cruiser/config-utl/extract-ts-config';

const FOLDERS = ['src', 'mock-server', 'contracts', 'fixtures', 'test', 'bench'];
const MODULES_MIN = 50;

const options = await extractConfig('./.dependency-cruiser.cjs');
const { output } = await cruise(FOLDERS, options, undefined, { tsConfig: extractTypeScript('tsconfig.json') });
const { violations, totalCruised, totalDependenciesCruised } = output.summary;
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} imports ${to}`);
console.log(`${totalCruised} modules, ${totalDependenciesCruised} imports, ${violations.length} against the rules`);
if (totalCruised < MODULES_MIN) console.error(`fewer than ${MODULES_MIN} modules seen: the check is blind`);
process.exitCode = violations.length > 0 || totalCruised < MODULES_MIN ? 1 : 0;
