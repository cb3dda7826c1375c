/**
 * Generates the types of `cmpassport-mock/control` from the control API's OpenAPI document, and those of the kit's files from
 * their schemas. `--check` writes nothing and fails if a file is not current.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTypes, { astToString } from 'openapi-typescript';
import { loadControlApi } from './lib/run.mjs';

/** Components that the client exports with another name. */
const CLIENT_NAMES = {
  CreateApp: 'NewApp',
  PatchApp: 'AppSettings',
  SetClock: 'ClockSetting',
  SignRequest: 'SigningOptions',
};

const { document } = await loadControlApi();

const components = await openapiTypes(document, { immutable: true });
const types = schemasIn(components).members.map(clientType).join('\n');
update(
  'src/control/api.ts',
  `/** Generated from the OpenAPI document of the control API by \`npm run control-types\`. */\n\n${types}`,
);

/** The kit's files. Each type has the schema and its definitions as members. */
const FORMATS = {
  'case-file': 'CaseFormat',
  'scenario-file': 'ScenarioFormat',
  profile: 'ProfileFormat',
  deviations: 'DeviationsFormat',
  calibration: 'CalibrationFormat',
};
const formats = await Promise.all(
  Object.entries(FORMATS).map(([name, type]) => formatType(name, type)),
);
update(
  'contracts/kit/formats.ts',
  `/** Generated from the schemas of the kit's files by \`npm run control-types\`. */\n\n${formats.join('\n')}`,
);

function update(file, text) {
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${file} is not current. Run \`npm run control-types\`.`);
    process.exitCode = 1;
  }
}

async function formatType(name, type) {
  const text = readFileSync(`contracts/schemas/${name}.schema.json`, 'utf8').replaceAll(
    '#/$defs/',
    '#/components/schemas/',
  );
  const { $defs, $schema: _, $id: __, ...file } = JSON.parse(text);
  const info = { title: name, version: '1' };
  const definitions = {
    openapi: '3.1.0',
    info,
    paths: {},
    components: { schemas: { file, ...$defs } },
  };
  const nodes = await openapiTypes(definitions, { immutable: true, emptyObjectsUnknown: true });
  const members = astToString(schemasIn(nodes)).trim().replaceAll('components["schemas"]', type);
  return `export interface ${type} ${members}\n`;
}

/** Returns the type with a member for each schema. */
function schemasIn(nodes) {
  const components = nodes.find(({ name }) => name?.text === 'components');
  return components.members.find(({ name }) => name.text === 'schemas').type;
}

/** Returns the exported type of a component. */
function clientType({ name: { text: component }, type }) {
  const name = CLIENT_NAMES[component] ?? component;
  const { description } = document.components.schemas[component];
  const docstring = description === undefined ? '' : `/** ${description} */\n`;
  const isObject = 'members' in type;
  const text = plain(astToString(type).trim());
  return `${docstring}export ${isObject ? `interface ${name} ${text}` : `type ${name} = ${text};`}\n`;
}

/** Replaces paths with names, and tags of docstrings with the description, or with the title if there is no description. */
function plain(text) {
  return text
    .replace(/components\["schemas"\]\["(\w+)"\]/g, (_, name) => CLIENT_NAMES[name] ?? name)
    .replace(/^ *\/\*\* @(?:enum|constant).*\*\/\n/gm, '')
    .replace(/^ *\* @enum .*\n/gm, '')
    .replace(/^ *\* .*\n( *\*) @description /gm, '$1 ')
    .replaceAll('@description ', '')
    .replace(/\/\*\*\n *\* (.*)\n *\*\//g, '/** $1 */');
}
