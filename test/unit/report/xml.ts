/** An XML parser that refuses documents that are not well formed. It supports the part of XML 1.0 that reports use. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
// XML 1.0, 2.2, without the control characters of Latin-1.
const CHARACTERS = /^[\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const PART = /<(?<end>\/)?(?<name>[a-z-]+)(?<attributes>(?: [a-z]+="[^"<]*")*)(?<empty>\/)?>|(?<text>[^<>]+)/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

export function readXml(document: string): XmlElement {
  if (!document.startsWith(DECLARATION)) throw new SyntaxError('no XML declaration');
  if (!CHARACTERS.test(document)) throw new SyntaxError('a character that XML does not allow');
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  for (const part of partsOf(document.slice(DECLARATION.length))) take(stack, part);
  const [first, ...others] = root.children;
  if (stack.length > 1 || first === undefined || others.length > 0) throw new SyntaxError('not one closed element');
  if (root.text.trim() !== '') throw new SyntaxError('text outside the root element');
  return first;
}

function* partsOf(body: string): Generator<Readonly<Record<string, string | undefined>>> {
  const pattern = new RegExp(PART);
  while (pattern.lastIndex < body.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(body)?.groups;
    if (groups === undefined) throw new SyntaxError(`not well formed at ${at}: ${body.slice(at, at + 40)}`);
    yield groups;
  }
}

function take(
  stack: Open[],
  { end, name, attributes, empty, text }: Readonly<Record<string, string | undefined>>,
): void {
  const inner = stack.at(-1);
  if (inner === undefined) throw new SyntaxError('an unmatched end tag');
  if (text !== undefined) inner.text += resolved(text);
  else if (end !== undefined) close(stack, inner, name ?? '');
  else {
    const opened: Open = { name: name ?? '', attributes: attributesOf(attributes ?? ''), children: [], text: '' };
    inner.children.push(opened);
    if (empty === undefined) stack.push(opened);
  }
}

function close(stack: Open[], inner: Open, name: string): void {
  if (inner.name !== name) throw new SyntaxError(`</${name}> closes <${inner.name}>`);
  stack.pop();
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found = Array.from(
    text.matchAll(/ ([a-z]+)="([^"]*)"/g),
    ([, name = '', value = '']) => [name, value] as const,
  );
  if (new Set(found.map(([name]) => name)).size !== found.length) throw new SyntaxError('a duplicate attribute');
  // XML parsers replace literal white space in attributes with spaces.
  return Object.fromEntries(found.map(([name, value]) => [name, resolved(value.replace(/[\t\n\r]/g, ' '))]));
}

function resolved(text: string): string {
  return text.replace(/&(?:#(\d+)|([a-z]+));|&/g, (found, code?: string, name = '') => {
    if (code !== undefined) return String.fromCodePoint(Number(code));
    const character = ENTITIES[name];
    if (character === undefined) throw new SyntaxError(`an unknown reference: ${found}`);
    return character;
  });
}

/** All elements with a name, at any depth, in order. */
export function elementsOf(element: XmlElement, name: string): readonly XmlElement[] {
  const own = element.name === name ? [element] : [];
  return [...own, ...element.children.flatMap((child) => elementsOf(child, name))];
}
