/** The names that a CA may sign for, as X.509 name constraints: RFC 5280, 4.2.1.10. */
import { isIP } from 'node:net';
import forge from 'node-forge';

const { asn1 } = forge;
const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class;

const NAME_CONSTRAINTS = '2.5.29.30';
const DNS_TYPE = 2;
const IP_TYPE = 7;

/** A name and all names below it, or a range of addresses (address and mask). The bytes are those of a GeneralName. */
interface Subtree {
  readonly type: number;
  readonly bytes: string;
}

// Loopback addresses. They are always included, because a CA without IP constraints could sign for every address.
const LOOPBACK: readonly Subtree[] = [range('127.0.0.0', 1), range('::1', 16)];

/** The extension of a CA for these names and those of the previous CA. */
export function nameConstraints(names: readonly string[], before?: string): object {
  const permitted = [...LOOPBACK];
  const added = names.map(subtreeOf);
  for (const subtree of [...added, ...(before === undefined ? [] : permittedBy(before))]) {
    if (!permitted.some((wider) => covers(wider, subtree))) permitted.push(subtree);
  }
  // permittedSubtrees [0]. Each has only a base, because the minimum is 0 by default.
  const subtrees = asn1.create(CONTEXT_SPECIFIC, 0, true, permitted.map(toGeneralSubtree));
  const value = asn1.toDer(sequence([subtrees])).getBytes();
  return { id: NAME_CONSTRAINTS, critical: true, value };
}

/** The names that the constraints of a CA (PEM) do not permit. */
export function forbiddenNames(caPem: string, names: readonly string[]): readonly string[] {
  const permitted = permittedBy(caPem);
  return names.filter((name) => !permitted.some((wider) => covers(wider, subtreeOf(name))));
}

function subtreeOf(name: string): Subtree {
  const family = isIP(name);
  if (family !== 0) return range(name, family === 4 ? 4 : 16);
  return { type: DNS_TYPE, bytes: name.replace(/^\*\./, '') };
}

function range(address: string, maskBytes: number): Subtree {
  // Not in node-forge's types.
  const { bytesFromIP } = forge.util as unknown as { bytesFromIP(ip: string): string };
  const bytes = bytesFromIP(address);
  return { type: IP_TYPE, bytes: bytes + '\xff'.repeat(maskBytes).padEnd(bytes.length, '\0') };
}

function covers(wider: Subtree, { type, bytes }: Subtree): boolean {
  if (wider.type !== type) return false;
  if (type === DNS_TYPE) return `.${bytes}`.endsWith(`.${wider.bytes}`);
  return wider.bytes.length === bytes.length && coversAddresses(wider.bytes, bytes);
}

function coversAddresses(wider: string, bytes: string): boolean {
  const half = wider.length / 2;
  return Array.from({ length: half }, (_, at) => at).every((at) => {
    const mask = wider.charCodeAt(half + at);
    const isSame = ((wider.charCodeAt(at) ^ bytes.charCodeAt(at)) & mask) === 0;
    return isSame && (bytes.charCodeAt(half + at) & mask) === mask;
  });
}

function toGeneralSubtree({ type, bytes }: Subtree): forge.asn1.Asn1 {
  return sequence([asn1.create(CONTEXT_SPECIFIC, type, false, bytes)]);
}

function sequence(value: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  return asn1.create(UNIVERSAL, asn1.Type.SEQUENCE, true, value);
}

/** The subtrees that a CA's constraints permit, except types of names that servers do not have. */
function permittedBy(caPem: string): readonly Subtree[] {
  // node-forge can read the extension but not create it. Its types contain neither.
  const { permittedSubtrees = [] } = (forge.pki.certificateFromPem(caPem).getExtension('nameConstraints') ?? {}) as {
    readonly permittedSubtrees?: readonly { readonly type: number; readonly value: string }[];
  };
  return permittedSubtrees
    .filter(({ type }) => type === DNS_TYPE || type === IP_TYPE)
    .map(({ type, value }) => ({ type, bytes: value }));
}
