/** The files of --report and the job summary: every refusal that no test expected, and no text of a client as markup. */
import { expect, test } from 'vitest';
import type { Refusal } from '../../../mock-server/cli/exec/refusal.js';
import { jobSummary, reportFiles } from '../../../mock-server/cli/exec/run-report.js';

const REFUSAL: Refusal = {
  requestId: 'id',
  appId: '300000000042',
  appName: '<a> & "b"',
  operation: 'loginTokenValidate',
  resultCode: '103101',
  path: '/path',
  finding: 'sign.case',
  title: 'A cause',
  verdict: 'A cause.\u0000',
  stringToSign: 'x{appSecret}',
  signedString: null,
  next: '103000',
  missing: null,
};
const UNKNOWN_PATH: Refusal = { ...REFUSAL, appName: null, appId: null, resultCode: null };

const files = new Map(reportFiles([REFUSAL, UNKNOWN_PATH], 'en'));

test('JSON has every value', () => {
  expect(JSON.parse(files.get('refusals.json') ?? '')).toEqual({
    refusals: [REFUSAL, UNKNOWN_PATH],
  });
});

test('the text has every app', () => {
  const apps = files.get('refusals.txt')?.match(/^ {2}\S.*$/gm);
  expect(apps).toEqual(['  app "<a> & \\"b\\"" (300000000042)', '  a request without an appId']);
});

test('JUnit has a case without a failure and a property for each value', () => {
  const lines = (files.get('refusals.xml') ?? '').split('\n');
  const first = lines.slice(1, lines.indexOf('</properties></testcase>'));
  expect(first).toEqual([
    '<testsuites><testsuite name="cmpassport-mock" tests="2" failures="0">',
    '<testcase classname="&lt;a&gt; &amp; &quot;b&quot;" name="loginTokenValidate 103101"><properties>',
    '<property name="requestId" value="id"/>',
    '<property name="appId" value="300000000042"/>',
    '<property name="appName" value="&lt;a&gt; &amp; &quot;b&quot;"/>',
    '<property name="operation" value="loginTokenValidate"/>',
    '<property name="resultCode" value="103101"/>',
    '<property name="path" value="/path"/>',
    '<property name="finding" value="sign.case"/>',
    '<property name="title" value="A cause"/>',
    '<property name="verdict" value="A cause.\\u0000"/>',
    '<property name="stringToSign" value="x{appSecret}"/>',
    '<property name="next" value="103000"/>',
  ]);
  expect(lines).toContain('<testcase classname="-" name="/path"><properties>');
});

test('the job summary is text in HTML', () => {
  const text = jobSummary([REFUSAL], 'en');
  expect(text.split('\n').slice(0, 2)).toEqual([
    '<pre>',
    '  app &quot;&lt;a&gt; &amp; \\&quot;b\\&quot;&quot; (300000000042)',
  ]);
});
