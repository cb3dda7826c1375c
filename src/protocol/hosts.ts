/** The hosts of the carrier, from the descriptions of the operations. */
import { OPERATIONS } from './operations.js';

const HOSTS = OPERATIONS.flatMap(({ hosts }): readonly string[] => hosts);

/** Each once, with a port if this is not 443. */
export const CARRIER_HOSTS: readonly string[] = [...new Set(HOSTS)];

/** Without their ports. */
export const CARRIER_HOST_NAMES: readonly string[] = [
  ...new Set(HOSTS.map((host) => host.replace(/:\d+$/, ''))),
];
