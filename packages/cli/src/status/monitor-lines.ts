import type { WireValue } from '../service/wire-value.js';
import { labelled } from '../text/layout.js';
import { bytes, count, duration, percent } from '../text/quantities.js';

/** The monitor about itself: where signals go, what it costs, what was dropped, what the configuration leaves undone. */
export function monitorLines(status: WireValue, snapshot: WireValue): string[] {
  const signals = ['traces', 'metrics', 'logs'].flatMap((name) => {
    const signal = status.get('signals').get(name);
    return signal.isObject ? labelled(name, signalWords(signal)) : [];
  });
  const overflow = snapshot
    .get('series')
    .get('overflow')
    .list.flatMap((one) => {
      const measurements = one.get('measurements').shown(count);
      return labelled('overflow', `${one.get('metric').text}: ${measurements} measurements beyond the cap on series`);
    });
  const warnings = status.get('warnings').list.flatMap((warning) => labelled('warning', warning.text));
  const lines = [
    ...serverLine(status.get('server')),
    ...countsLine('workers', status.get('workers')),
    ...signals,
    ...instrumentationLines(status.get('instrumentations')),
    ...costLine(status.get('ownCost')),
    ...stateLines(status.get('state')),
    ...countsLine('dropped', status.get('dropped')),
    ...overflow.slice(0, 10),
    ...status.get('metricsPage').get('problems').list.slice(0, 10).flatMap(problemLine),
    ...warnings.slice(0, 20),
  ];
  return lines.length === 0 ? [] : ['MONITOR', ...lines];
}

function serverLine(server: WireValue): string[] {
  if (!server.isObject) return [];
  const detail = server.get('url').text || server.get('reason').text;
  const state = server.get('state').text;
  return labelled('server', detail === '' ? state : `${state}: ${detail}`);
}

/** What outlives the process: where it is kept, and what is wrong with that. */
function stateLines(state: WireValue): string[] {
  const word = state.get('state').text;
  if (!state.isObject || word === '' || word === 'off') return [];
  const words = [word, state.get('directory').text, state.get('bytes').shown(bytes)].filter((each) => each !== '');
  const problems = state.get('problems').list.slice(0, 5);
  return [...labelled('kept', words), ...problems.flatMap((problem) => labelled('kept', problem.text))];
}

/** The libraries that are looked into and in use; those that cannot be, with the reason. */
function instrumentationLines(instrumentations: WireValue): string[] {
  const all = instrumentations.list.slice(0, 100);
  const patched = all.flatMap((one) => one.get('patched').list.map(({ text }) => text));
  const problems = all.flatMap((one) => [
    ...one.get('unsupported').list.map(({ text }) => `${text} is in a version that its instrumentation does not know`),
    ...(one.get('state').text === 'refused' ? [`${one.get('name').text}: ${one.get('reason').text}`] : []),
  ]);
  return [
    ...(patched.length === 0 ? [] : labelled('libraries', patched)),
    ...problems.slice(0, 20).flatMap((problem) => labelled('library', problem)),
  ];
}

function signalWords(signal: WireValue): string[] {
  const endpoint = signal.get('endpoint').text;
  const failed = signal.get('failedExports').number ?? 0;
  const dropped = signal.get('dropped').number ?? 0;
  const sent = signal.get('bytesWritten').number;
  const lastError = signal.get('lastError').text;
  const ownership = signal.get('ownership').text;
  return [
    ...(ownership === 'attached' ? ['sent by another SDK'] : ownership === 'none' ? ['nobody takes them'] : []),
    ...(ownership === 'own' ? [endpoint === '' || endpoint === 'none' ? 'not pushed' : `pushed to ${endpoint}`] : []),
    ...(sent === undefined ? [] : [`${bytes(sent)} sent`]),
    ...(failed > 0 ? [`${count(failed)} exports failed`] : []),
    ...(dropped > 0 ? [`${count(dropped)} dropped`] : []),
    ...(lastError === '' ? [] : [`last failure: ${lastError}`]),
  ];
}

/** What the last page of metrics could not show, or not as it came. */
function problemLine(problem: WireValue): string[] {
  const series = problem.get('series').shown(count);
  const what = problem.get('dropped').isTrue ? 'left out' : 'changed';
  return labelled(
    '/metrics',
    `${problem.get('metric').text}: ${series} series ${what} (${problem.get('reason').text.replaceAll('_', ' ')})`,
  );
}

function costLine(cost: WireValue): string[] {
  const cpu = cost.get('cpuSeconds').number;
  if (cpu === undefined) return [];
  const held = cost.get('memoryBytes').number ?? 0;
  const written = cost.get('bytesWritten').shown(bytes);
  const words = [
    `${duration(cpu)} of CPU (${cost.get('cpuPercent').shown((value) => percent(value / 100))})`,
    `${written} written`,
  ];
  if (held > 0) words.push(`${bytes(held)} held`);
  return labelled('own cost', words);
}

/** What is counted, by its name: `4 present, 1 missing`; what is none of is left out. */
function countsLine(label: string, counts: WireValue): string[] {
  const words = counts.entries
    .filter(([, value]) => (value.number ?? 0) > 0)
    .map(([name, value]) => `${value.shown(count)} ${name}`);
  return words.length === 0 ? [] : labelled(label, words);
}
