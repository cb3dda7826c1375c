/** The schemas as functions. The build replaces this module with code that Ajv generates, so that nothing is compiled at start. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { CONTROL_SCHEMAS } from './control-schemas.js';
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
  ...CONTROL_SCHEMAS,
};

/** By the name of the schema. The build needs the name as `$id`. */
export const VALIDATORS = Object.fromEntries(
  Object.entries(SCHEMAS).map(([$id, schema]) => [$id, ajv.compile({ $id, ...schema })]),
) as Readonly<Record<keyof typeof SCHEMAS, ValidateFunction>>;
