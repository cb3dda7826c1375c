/** The answer of the health checks. A built server has the version of its build instead. */
import manifest from '../../package.json' with { type: 'json' };

export const HEALTHY = { status: 'ok', version: manifest.version, configuration: 'current' };
