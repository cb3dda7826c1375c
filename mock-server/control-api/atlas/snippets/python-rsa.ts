/** RSA for Python, whose standard library has none: PKCS#1 v1.5 (RFC 8017) over pow(), and the little of DER that keys need. */
import { functions } from './program.js';

export const PYTHON_RSA = functions({
  sha256_with_rsa: `def sha256_with_rsa(text, private_key):
    """In hex."""
    digest = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(text.encode()).digest()
    return rsa_sign(digest, private_key).hex().upper()`,
  md5_with_rsa: `def md5_with_rsa(text, private_key):
    """In Base64."""
    digest = bytes.fromhex("3020300c06082a864886f70d020505000410") + hashlib.md5(text.encode()).digest()
    return base64.b64encode(rsa_sign(digest, private_key)).decode()`,
  rsa_sign: `def rsa_sign(digest, private_key):
    """PKCS#1 v1.5: 00 01, FF as often as it takes, 00, the digest with the name of its algorithm in front."""
    modulus, exponent = read_private_key(private_key)
    padding = b"\\xff" * (byte_length(modulus) - len(digest) - 3)
    return power(b"\\x00\\x01" + padding + b"\\x00" + digest, exponent, modulus)`,
  encrypt: `def encrypt(text, public_key):
    """PKCS#1 v1.5, in Base64: 00 02, random bytes that are not 00, 00, the text."""
    modulus, exponent = read_public_key(public_key)
    padding = bytes(1 + secrets.randbelow(255) for _ in range(byte_length(modulus) - len(text) - 3))
    return base64.b64encode(power(b"\\x00\\x02" + padding + b"\\x00" + text.encode(), exponent, modulus)).decode()`,
  decrypt: `def decrypt(text, private_key):
    """PKCS#1 v1.5: 00 02, random bytes that are not 00, 00, the text."""
    modulus, exponent = read_private_key(private_key)
    block = power(bytes.fromhex(text), exponent, modulus)
    return block[block.index(0, 2) + 1:].decode()`,
  power: `def power(block, exponent, modulus):
    number = pow(int.from_bytes(block, "big"), exponent, modulus)
    return number.to_bytes(byte_length(modulus), "big")`,
  byte_length: `def byte_length(modulus):
    return (modulus.bit_length() + 7) // 8`,
  read_private_key: `def read_private_key(text):
    """The modulus and the private exponent of a PKCS#8 key in Base64, as the portal has it."""
    (key,) = der_values(base64.b64decode(text))
    (numbers,) = der_values(der_values(key)[2])
    return [int.from_bytes(number, "big") for number in der_values(numbers)[1:4:2]]`,
  read_public_key: `def read_public_key(text):
    """The modulus and the public exponent of an SPKI key in Base64, as the portal has it."""
    (key,) = der_values(base64.b64decode(text))
    # A BIT STRING begins with how many bits at its end do not count.
    (numbers,) = der_values(der_values(key)[1][1:])
    return [int.from_bytes(number, "big") for number in der_values(numbers)]`,
  der_values: `def der_values(der):
    """The contents of the values that follow each other in a DER text: a tag, a length, the contents."""
    values = []
    while der:
        length, start = der[1], 2
        if length > 0x7F:
            start += length & 0x7F
            length = int.from_bytes(der[2:start], "big")
        values.append(der[start:start + length])
        der = der[start + length:]
    return values`,
});
