/** The schemas as functions. The build replaces this module with code that Ajv generates, so that nothing is compiled at start. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { BODIES, type BodyName } from '../../src/control/calls/bodies.js';
import type { Api } from '../../src/control/calls/components.js';
import { CALIBRATION_SCHEMA, CONFIGURATION_SCHEMA } from './schemas.js';

/** @public The build generates code from it. */
export const ajv = new Ajv2020({
  verbose: true,
  allowUnionTypes: true,
  code: { source: true, esm: true },
});

const SCHEMAS = {
  configuration: CONFIGURATION_SCHEMA,
  calibration: CALIBRATION_SCHEMA,
  ...BODIES,
};

type Validators = Readonly<Record<'configuration' | 'calibration', ValidateFunction>> & {
  readonly [Name in BodyName]: ValidateFunction<Api[Name]>;
};

ajv.addSchema(Object.entries(SCHEMAS).map(([$id, schema]) => ({ $id, ...schema })));

/** By the name of the schema, which the build needs as `$id`. A schema is compiled when it is used first. */
export const VALIDATORS = Object.defineProperties(
  {},
  Object.fromEntries(
    Object.keys(SCHEMAS).map(($id) => [$id, { enumerable: true, get: () => ajv.getSchema($id) }]),
  ),
) as Validators;
