/** 服务器IP白名单 in the portal's own syntax. Observed: single IPv4 and IPv6 addresses, ranges over the last octet, commas of both widths. */
import { describe, expect, test } from 'vitest';
import {
  canonicalIp,
  compileIpWhitelist,
  parseIpWhitelist,
} from '../../../mock-server/carrier/engine/ip-whitelist.js';

const admitted = (list: string | null, ips: readonly string[]) =>
  ips.filter(compileIpWhitelist(list));

describe('a list', () => {
  const IPS = [
    '10.0.0.0',
    '10.0.0.1',
    '10.0.0.5',
    '10.0.0.9',
    '10.0.0.10',
    '10.0.1.5',
    '::1',
    '2001:db8::1',
    'nonsense',
    '',
  ];

  test.each([
    { description: 'null admits every address', list: null, expected: IPS },
    { description: '"" admits no address', list: '', expected: [] },
    { description: 'white space admits no address', list: '  ', expected: [] },
    { description: 'commas admit no address', list: ',，,', expected: [] },
    { description: 'a single address', list: '10.0.0.5', expected: ['10.0.0.5'] },
    { description: 'two addresses', list: '10.0.0.5,10.0.0.9', expected: ['10.0.0.5', '10.0.0.9'] },
    {
      description: 'a full-width comma',
      list: '10.0.0.5，10.0.0.9',
      expected: ['10.0.0.5', '10.0.0.9'],
    },
    {
      description: 'both commas',
      list: '10.0.0.5，10.0.0.9,::1',
      expected: ['10.0.0.5', '10.0.0.9', '::1'],
    },
    {
      description: 'white space around',
      list: ' 10.0.0.5 ,\n10.0.0.9\t',
      expected: ['10.0.0.5', '10.0.0.9'],
    },
    { description: 'additional commas', list: ',10.0.0.5,,', expected: ['10.0.0.5'] },
    {
      description: 'a range, with both ends',
      list: '10.0.0.1-10.0.0.9',
      expected: ['10.0.0.1', '10.0.0.5', '10.0.0.9'],
    },
    { description: 'a range of one address', list: '10.0.0.5-10.0.0.5', expected: ['10.0.0.5'] },
    {
      description: 'a range with spaces',
      list: '10.0.0.5 - 10.0.0.9',
      expected: ['10.0.0.5', '10.0.0.9'],
    },
    {
      description: 'a whole last octet',
      list: '10.0.0.0-10.0.0.255',
      expected: ['10.0.0.0', '10.0.0.1', '10.0.0.5', '10.0.0.9', '10.0.0.10'],
    },
    { description: 'a single IPv6 address', list: '2001:db8::1', expected: ['2001:db8::1'] },
  ])('$description', ({ list, expected }) => {
    expect(admitted(list, IPS)).toEqual(expected);
  });

  test.each([
    { description: 'CIDR', entry: '10.0.0.0/24' },
    { description: 'a wildcard', entry: '10.0.0.*' },
    { description: 'a wildcard for everything', entry: '*' },
    { description: 'a backwards range', entry: '10.0.0.10-10.0.0.9' },
    { description: 'a range of three parts', entry: '10.0.0.1-10.0.0.9-10.0.0.10' },
    { description: 'a range over the third octet', entry: '10.0.0.1-10.0.1.10' },
    { description: 'a range whose end is an octet', entry: '10.0.0.1-10' },
    { description: 'a range without an end', entry: '10.0.0.1-' },
    { description: 'a range without a start', entry: '-10.0.0.10' },
    { description: 'a hyphen', entry: '-' },
    { description: 'a range of IPv6', entry: '::1-::9' },
    { description: 'a range of IPv4-mapped addresses', entry: '::ffff:10.0.0.1-::ffff:10.0.0.10' },
    { description: 'three octets', entry: '10.0.0' },
    { description: 'five octets', entry: '10.0.0.1.1' },
    { description: 'an octet of 256', entry: '10.0.0.256' },
    { description: 'a leading zero', entry: '10.0.0.01' },
    { description: 'a dot at the end', entry: '10.0.0.1.' },
    { description: 'a semicolon', entry: '10.0.0.1;10.0.0.10' },
    { description: 'a space instead of a comma', entry: '10.0.0.1 10.0.0.10' },
    { description: 'a port', entry: '10.0.0.1:80' },
    { description: 'a host name', entry: 'localhost' },
  ])('$description admits no address, and the rest of the list applies', ({ entry }) => {
    expect(admitted(`${entry},10.0.0.5`, IPS)).toEqual(['10.0.0.5']);
    expect(admitted(`10.0.0.5，${entry}`, IPS)).toEqual(['10.0.0.5']);
    expect(
      parseIpWhitelist(`10.0.0.5,${entry}`).map(({ text, admits }) => [text, admits === undefined]),
    ).toEqual([
      ['10.0.0.5', false],
      [entry, true],
    ]);
  });

  test('a range admits only addresses of its network', () => {
    const ips = [
      '10.0.0.5',
      '110.0.0.5',
      '10.0.0.50',
      '10.0.00.5',
      '10.0.0.5 ',
      '10.0.0.5.5',
      '::ffff:10.0.0.5',
      '10.0.0.',
    ];
    expect(admitted('10.0.0.0-10.0.0.9', ips)).toEqual(['10.0.0.5', '::ffff:10.0.0.5']);
  });
});

test('the entries of a list keep their text', () => {
  expect(
    parseIpWhitelist(' 10.0.0.5 ，10.0.0.1 - 10.0.0.9,, ::FFFF:1.2.3.4,2001:DB8::1,10.0.0.0/8'),
  ).toEqual([
    { text: '10.0.0.5', admits: { kind: 'single', ip: '10.0.0.5' } },
    {
      text: '10.0.0.1 - 10.0.0.9',
      admits: { kind: 'range', network: '10.0.0.', first: 1, last: 9 },
    },
    { text: '::FFFF:1.2.3.4', admits: { kind: 'single', ip: '1.2.3.4' } },
    { text: '2001:DB8::1', admits: { kind: 'single', ip: '2001:db8:0:0:0:0:0:1' } },
    { text: '10.0.0.0/8', admits: undefined },
  ]);
});

describe('IPv4', () => {
  test.each(['0.0.0.0', '1.2.3.4', '9.10.99.100', '199.200.249.250', '255.255.255.255'])(
    '%s is unchanged',
    (ip) => {
      expect(canonicalIp(ip)).toBe(ip);
    },
  );

  test.each([
    '',
    '.',
    '1.2.3',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '1.2.3.4.',
    '1.2.3.4.5',
    '256.1.1.1',
    '1.1.1.300',
    '01.2.3.4',
    '1.2.3.a',
    '１.2.3.4',
    '1.2.3.4\n',
    '1234',
    '0x1.2.3.4',
  ])('"%s" is not an address', (ip) => {
    expect(canonicalIp(ip)).toBeUndefined();
  });
});

describe('IPv6: all spellings of an address have one canonical form', () => {
  test.each([
    { ip: '::', expected: '0:0:0:0:0:0:0:0' },
    { ip: '::1', expected: '0:0:0:0:0:0:0:1' },
    { ip: '1::', expected: '1:0:0:0:0:0:0:0' },
    { ip: '0:0:0:0:0:0:0:1', expected: '0:0:0:0:0:0:0:1' },
    { ip: '0000:0000:0000:0000:0000:0000:0000:0001', expected: '0:0:0:0:0:0:0:1' },
    { ip: '2001:DB8::A', expected: '2001:db8:0:0:0:0:0:a' },
    { ip: '2001:0db8:0000::000a', expected: '2001:db8:0:0:0:0:0:a' },
    { ip: '1:2:3:4:5:6:7:8', expected: '1:2:3:4:5:6:7:8' },
    { ip: '1:2:3:4:5:6:7::', expected: '1:2:3:4:5:6:7:0' },
    { ip: '::2:3:4:5:6:7:8', expected: '0:2:3:4:5:6:7:8' },
    { ip: '1:2::7:8', expected: '1:2:0:0:0:0:7:8' },
    { ip: 'fe80::1%eth0', expected: 'fe80:0:0:0:0:0:0:1' },
    { ip: 'ffff::ffff', expected: 'ffff:0:0:0:0:0:0:ffff' },
  ])('$ip', ({ ip, expected }) => {
    expect(canonicalIp(ip)).toBe(expected);
  });

  test.each([
    ':',
    ':::',
    '1',
    '1:2',
    ':1',
    '1:',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '1:2:3:4::5:6:7:8',
    '1::2::3',
    '::12345',
    '::g',
    '::1:',
    ':1::',
    '[::1]',
    '::1/64',
    '::1.2.3',
    '::-1',
    '%eth0:',
  ])('"%s" is not an address', (ip) => {
    expect(canonicalIp(ip)).toBeUndefined();
  });

  test('a list with one spelling admits all spellings', () => {
    const ips = ['2001:db8::1', '2001:DB8:0:0::1', '2001:0db8::0001', '2001:db8::2'];
    expect(admitted('2001:db8:0:0:0:0:0:1', ips)).toEqual(ips.slice(0, 3));
  });
});

describe('an IPv4-mapped address becomes IPv4', () => {
  test.each([
    { ip: '::ffff:10.0.0.5', expected: '10.0.0.5' },
    { ip: '::FFFF:10.0.0.5', expected: '10.0.0.5' },
    { ip: '::ffff:256.0.0.5', expected: undefined },
    { ip: '::ffff:010.0.0.5', expected: undefined },
    { ip: 'x::ffff:10.0.0.5', expected: undefined },
    { ip: '::ffff:10.0.0.5x', expected: undefined },
    { ip: '::fffe:10.0.0.5', expected: '0:0:0:0:0:fffe:a00:5' },
    // Other spellings of the same address.
    { ip: '::ffff:a00:5', expected: '10.0.0.5' },
    { ip: '0:0:0:0:0:ffff:10.0.0.5', expected: '10.0.0.5' },
  ])('$ip is $expected', ({ ip, expected }) => {
    expect(canonicalIp(ip)).toBe(expected);
  });

  test('the list and the client may use either form', () => {
    expect(admitted('10.0.0.5', ['::ffff:10.0.0.5', '::ffff:10.0.0.6'])).toEqual([
      '::ffff:10.0.0.5',
    ]);
    expect(admitted('::ffff:10.0.0.5', ['10.0.0.5', '10.0.0.6'])).toEqual(['10.0.0.5']);
    expect(admitted('10.0.0.1-10.0.0.9', ['::ffff:10.0.0.5', '::ffff:10.0.0.10'])).toEqual([
      '::ffff:10.0.0.5',
    ]);
  });
});
