/** The samples that the document prints, each told by a value that nobody else's message can have. The document, 1.3 and 2.4. */

export interface DocumentSample {
  readonly section: '1.3' | '2.4';
  readonly kind: 'request' | 'response';
  /** A request's sign, made with a secret that is not published; a response's taskId. */
  readonly telltale: string;
}

const SAMPLES: readonly DocumentSample[] = [
  { section: '1.3', kind: 'request', telltale: '0C17F305AB3E8B4694829319167310D1' },
  { section: '1.3', kind: 'response', telltale: '188b0744159f413e9bfe7ecc5d5bcc71' },
  {
    section: '2.4',
    kind: 'request',
    telltale: '227716D80112F953632E4AFBB71C987E9ABF4831ACDA5A7464E2D8F61F0A9477',
  },
  { section: '2.4', kind: 'response', telltale: 'b62585d15ee34869bd3c7e6ad62688e2' },
];

const WHITE_SPACE = /\s+/g;

/** A text copied from the PDF may have been wrapped anywhere. */
export function samplesIn(text: string): readonly DocumentSample[] {
  const packed = text.replace(WHITE_SPACE, '');
  return SAMPLES.filter(({ telltale }) => packed.includes(telltale));
}
