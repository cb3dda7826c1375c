/** The certificates that the command trusts in addition to the mock's: those that its variables named before. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trustedCertificates } from '../../../mock-server/cli/exec/trusted.js';
import { english } from '../../support/bilingual.js';
import { temporaryFolder } from '../../support/files.js';

const pem = (content: string, label = 'CERTIFICATE') =>
  `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----`;
const [A, B] = [pem('QQ=='), pem('Qg==', 'TRUSTED CERTIFICATE')];

/** Writes the files, and names them in variables: the file of each. */
function scene(
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>>,
) {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, 'folder'));
  const named = Object.entries(variables).map(([name, file]) => [name, file && join(folder, file)]);
  const { certificates, problems } = trustedCertificates(Object.fromEntries(named));
  return { certificates, problems: problems.map((words) => english(words).replaceAll(folder, '')) };
}

test('without a variable, only the mock’s own file is used', () => {
  expect(scene({}, { SSL_CERT_FILE: '' })).toEqual({ certificates: [], problems: [] });
});

test.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'])(
  'those of %s are trusted too',
  (name) => {
    expect(scene({ 'a.pem': A }, { [name]: 'a.pem' })).toEqual({
      certificates: [A],
      problems: [],
    });
  },
);

test('those of different files are in one, each once, without keys and comments', () => {
  const files = {
    'a.pem': `# A\n${A}\n${pem('S0VZ', 'PRIVATE KEY')}\n${A}`,
    'b.pem': `${B}\r\n${A}\n`,
  };
  const variables = {
    SSL_CERT_FILE: 'a.pem',
    CURL_CA_BUNDLE: 'a.pem',
    REQUESTS_CA_BUNDLE: 'b.pem',
  };
  expect(scene(files, variables)).toEqual({ certificates: [A, B], problems: [] });
});

test.each([
  { description: 'no file', file: 'none.pem', why: 'ENOENT' },
  { description: 'a folder', file: 'folder', why: 'no file' },
  { description: 'a file without a certificate', file: 'a.pem', why: 'no certificate in PEM' },
])('$description is named in one sentence, and the others are trusted', ({ file, why }) => {
  const variables = { SSL_CERT_FILE: file, CURL_CA_BUNDLE: file, REQUESTS_CA_BUNDLE: 'b.pem' };
  expect(scene({ 'a.pem': 'DER', 'b.pem': B }, variables)).toEqual({
    certificates: [B],
    problems: [
      `SSL_CERT_FILE, CURL_CA_BUNDLE must name a file with certificates, found "/${file}" (${why}): the command does not get its certificates. Correct the path`,
    ],
  });
});
