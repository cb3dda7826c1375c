/** The samples that the document prints, recognised by values that no other request has together. The document, 1.3 and 2.4. */

import type { Bilingual } from '../../src/text/bilingual.js';

export interface DocumentSample {
  readonly section: '1.3' | '2.4';
  readonly kind: Bilingual;
  /** For a request, its msgid and its signature, whose secret is not published; for a response, its taskId. */
  readonly uniqueValues: readonly string[];
}

const REQUEST: Bilingual = { en: 'request', zh: '请求' };
const RESPONSE: Bilingual = { en: 'response', zh: '响应' };

const SAMPLES: readonly DocumentSample[] = [
  {
    section: '1.3',
    kind: REQUEST,
    uniqueValues: ['0C17F305AB3E8B4694829319167310D1', 'bed1dc7f6cd645b9be9006ae08040c93'],
  },
  { section: '1.3', kind: RESPONSE, uniqueValues: ['188b0744159f413e9bfe7ecc5d5bcc71'] },
  {
    section: '2.4',
    kind: REQUEST,
    uniqueValues: [
      '227716D80112F953632E4AFBB71C987E9ABF4831ACDA5A7464E2D8F61F0A9477',
      '8ADFF305C7FCB3E1B1AECC130792FBD0',
    ],
  },
  { section: '2.4', kind: RESPONSE, uniqueValues: ['b62585d15ee34869bd3c7e6ad62688e2'] },
];

const WHITE_SPACE = /\s+/g;

/** Ignores white space, because a text copied from the PDF may have line breaks anywhere. */
export function samplesIn(text: string): readonly DocumentSample[] {
  const packed = text.replace(WHITE_SPACE, '');
  return SAMPLES.filter(({ uniqueValues }) => uniqueValues.every((value) => packed.includes(value)));
}
