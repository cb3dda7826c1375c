/** The schemas made into functions. The build puts what Ajv generates in this module's place, so that nothing is compiled at start. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { CONFIGURATION_SCHEMA, CONTROL_SCHEMAS } from './schemas.js';

/** @public The build generates code from it. */
export const ajv = new Ajv2020({ verbose: true, allowUnionTypes: true, code: { source: true, esm: true } });

/** `$id` is the name of the export: the build goes by it. */
function compile($id: string, schema: object): ValidateFunction {
  return ajv.compile({ $id, ...schema });
}

export const configuration = compile('configuration', CONFIGURATION_SCHEMA);
export const createApp = compile('createApp', CONTROL_SCHEMAS.createApp);
export const patchApp = compile('patchApp', CONTROL_SCHEMAS.patchApp);
export const mint = compile('mint', CONTROL_SCHEMAS.mint);
export const setClock = compile('setClock', CONTROL_SCHEMAS.setClock);
export const advanceClock = compile('advanceClock', CONTROL_SCHEMAS.advanceClock);
export const countRequests = compile('countRequests', CONTROL_SCHEMAS.countRequests);
export const setOutcomes = compile('setOutcomes', CONTROL_SCHEMAS.setOutcomes);
export const signRequest = compile('signRequest', CONTROL_SCHEMAS.signRequest);
export const makeKeyPair = compile('makeKeyPair', CONTROL_SCHEMAS.makeKeyPair);
export const checkIpWhitelist = compile('checkIpWhitelist', CONTROL_SCHEMAS.checkIpWhitelist);
export const nothing = compile('nothing', CONTROL_SCHEMAS.nothing);
