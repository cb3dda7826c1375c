/** The two operations of the carrier: their paths, versions and names. The document, 1.1 and 2.2. */

export const OPERATIONS = [
  {
    operation: 'loginTokenValidate',
    path: '/unisdk/rsapi/loginTokenValidate',
    prefix: '/unisdk/',
    version: '2.0',
  },
  {
    operation: 'tokenValidate',
    path: '/openapi/rs/tokenValidate',
    prefix: '/openapi/',
    version: '1.0',
  },
] as const;

export type OperationRow = (typeof OPERATIONS)[number];
export type Operation = OperationRow['operation'];

export function operationRow(operation: Operation): OperationRow {
  const row = OPERATIONS.find((known) => known.operation === operation);
  if (row === undefined) throw new Error(`no operation ${operation}`);
  return row;
}

/** The host names that clients use: the document's, and one seen in older clients. */
export const CARRIER_HOST_NAMES = ['www.cmpassport.com', 'onekey2.cmpassport.com'] as const;

/** The operation whose prefix a path has, even if the path itself is wrong; undefined for a path that is not the carrier's. */
export function operationUnder(path: string): OperationRow | undefined {
  return OPERATIONS.find(({ prefix }) => path.startsWith(prefix));
}
