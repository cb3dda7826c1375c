/** Generates the types of `cmpassport-mock/control` from the control API's OpenAPI document. */
import { writeFileSync } from 'node:fs';
import openapiTypes, { astToString } from 'openapi-typescript';
import { loadControlApi } from './lib/run.mjs';

/** Components that the client exports with another name. */
const CLIENT_NAMES = {
  CreateApp: 'NewApp',
  PatchApp: 'AppSettings',
  SetClock: 'ClockSetting',
  SignRequest: 'SigningWish',
};

const { document } = await loadControlApi();

const types = clientTypes(await openapiTypes(document, { immutable: true }));
writeFileSync(
  'src/control/api.ts',
  `/** Generated from the OpenAPI document of the control API by \`npm run control-types\`. */\n\n${types}`,
);

/** Returns an exported type for each component. */
function clientTypes(nodes) {
  const components = nodes.find(({ name }) => name?.text === 'components');
  const schemas = components.members.find(({ name }) => name.text === 'schemas').type.members;
  return schemas.map(clientType).join('\n');
}

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
