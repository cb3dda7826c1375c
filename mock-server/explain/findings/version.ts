/** Mistakes in version: the two operations have different ones. The document, 1.2 and 2.3. */
import type { FindingRow } from '../finding.js';

export const VERSION_FINDINGS: readonly FindingRow[] = [
  {
    id: 'version.wrong',
    explains: ['parametersValid'],
    title: { en: 'The version is wrong', zh: 'version 填错了' },
    detail: {
      en: 'version was "{received}"; this operation takes "{expected}" exactly: 2.0 at loginTokenValidate, 1.0 at tokenValidate.',
      zh: 'version 的值是“{received}”，这个接口只接受“{expected}”：loginTokenValidate 填 2.0，tokenValidate 填 1.0。',
    },
    detect: ({ request: { version = '' }, exchange: { row } }) =>
      version === '' || version === row.version ? [] : [{ field: 'version', received: version, expected: row.version }],
  },
];
