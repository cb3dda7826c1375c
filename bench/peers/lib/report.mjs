/** The results as Markdown: medians, and ratios to the first row of each round. */
import { spawnSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';
import { median, table } from '../../lib/statistics.mjs';
import { versionOf } from './installed.mjs';

const GIGABYTE = 2 ** 30;

const perSecond = { figure: 'perSecond', show: (value) => value.toFixed(0) };
const cpu = { figure: 'cpu', show: (value) => `${value.toFixed(1)} µs` };

/** The columns of each part: heading, figure and format. */
export const START_UP = [
  { head: 'first success', figure: 'readyMs', show: (value) => `${value.toFixed(0)} ms` },
  { head: 'CPU until then', figure: 'readyCpuMs', show: (value) => `${value.toFixed(0)} ms` },
  { head: 'memory idle', figure: 'idle', show: (value) => `${value.toFixed(0)} MB` },
  { head: 'memory under load', figure: 'loaded', show: (value) => `${value.toFixed(0)} MB` },
];
export const THROUGHPUT = [
  { head: 'requests a second', ...perSecond },
  { head: 'CPU a request', ...cpu },
  { head: 'p99', figure: 'p99', show: (value) => `${(value / 1000).toFixed(1)} ms` },
];
export const IN_PROCESS = [
  { head: 'calls a second', ...perSecond },
  { head: 'CPU a call', ...cpu },
];

export function comparison(columns, results) {
  const [ours] = results;
  const head = ['', ...columns.flatMap(({ head }) => [head, 'ratio']), 'what it does'];
  const rows = results.map(({ row, measured, failure }) => [
    row.name,
    ...columns.flatMap(({ figure, show }) =>
      failure === undefined ? cellsOf({ measured, ours: ours.measured, figure, show }) : ['–', '–'],
    ),
    failure === undefined ? row.does : `failed: ${failure.replace(/\|/g, '\\|')}`,
  ]);
  return table(head, rows);
}

function cellsOf({ measured, ours, figure, show }) {
  const value = show(median(measured.map((round) => round[figure])));
  if (measured === ours) return [value, '1'];
  const ratios = measured.map((round, at) => round[figure] / ours[at][figure]);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
  return [value, `${median(ratios).toFixed(2)} (${least}–${most})`];
}

export function machineAndVersions(rows) {
  const packages = [...new Set(rows.map((row) => row.package))].map((name) => `${name} ${versionOf(name)}`);
  const programs = new Set(rows.flatMap((row) => row.programs));
  const java = programs.has('java') ? [firstLine('java', '-version')] : [];
  const wrk = programs.has('wrk') ? [firstLine('wrk', '-v')] : [];
  const [{ model }] = cpus();
  const memory = `${(totalmem() / GIGABYTE).toFixed(0)} GB`;
  const machine = [
    `${cpus().length} × ${model}`,
    memory,
    `Linux ${release().split('-')[0]}`,
    `Node ${process.versions.node}`,
  ];
  return `${[...machine, ...java, ...wrk].join(', ')}\n${packages.join(', ')}`;
}

function firstLine(program, flag) {
  const { stdout, stderr } = spawnSync(program, [flag], { encoding: 'utf8' });
  return (stdout + stderr).split('\n')[0].replace(/ Copyright.*/, '');
}
