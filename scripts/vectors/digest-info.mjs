/** DigestInfo (RFC 8017, 9.2), which follows the padding in a signature: in DER, and in encodings that DER forbids. In hex. */

const OIDS = {
  md2: '2a864886f70d0202',
  md4: '2a864886f70d0204',
  md5: '2a864886f70d0205',
  sha1: '2b0e03021a',
  sha224: '608648016503040204',
  sha256: '608648016503040201',
  sha384: '608648016503040202',
  sha512: '608648016503040203',
  'sha512-256': '608648016503040206',
  'sha3-256': '608648016503040208',
};

const lengthOf = (hex) => hex.length / 2;
const byte = (number) => number.toString(16).padStart(2, '0');

/** Tag, length, content. The content must be shorter than 128 bytes. */
export const der = (tag, content) => tag + byte(lengthOf(content)) + content;
/** The length has two bytes although one is enough. */
export const longForm = (tag, content) => `${tag}81${byte(lengthOf(content))}${content}`;
/** Without a length, but with an end marker. */
export const indefiniteForm = (tag, content) => `${tag}80${content}0000`;
/** A bit string without unused bits. */
export const asBitString = (_, content) => der('03', `00${content}`);

/** Options replace parts, or write them in another form than DER. */
export function digestInfo({ name, hash, parameters = '0500', behind = '', forms = {} }) {
  const { sequence = der, algorithm = der, identifier = der, digest = der } = forms;
  const algorithmIdentifier = algorithm('30', identifier('06', OIDS[name]) + parameters);
  return sequence('30', algorithmIdentifier + digest('04', hash) + behind);
}
