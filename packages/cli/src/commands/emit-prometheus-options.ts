import type { Objective, OperationLimit, PrometheusOptions } from '@otel-monitor/dashboards';
import type { Dashboards, EmitOption } from './emit-option.js';

const NUMBER = /^\d+(\.\d+)?$/;

/** A share of percent: what is left of 99.9 is a thousandth, and no more digits. */
const share = (text: string): number | undefined =>
  NUMBER.test(text) ? Number((Number(text) / 100).toPrecision(12)) : undefined;

/** The objectives with a change to those of one kind. */
function changed(
  kind: Objective['kind'],
  change: { target?: number | undefined; seconds?: number },
  { DEFAULT_OBJECTIVES }: Dashboards,
  { objectives = DEFAULT_OBJECTIVES }: PrometheusOptions,
): PrometheusOptions {
  const withChange = (each: Objective) => (each.kind === kind ? ({ ...each, ...change } as Objective) : each);
  return { objectives: objectives.map(withChange) };
}

function limit(text: string): OperationLimit | undefined {
  const [, operation, seconds] = /^(.+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  return operation === undefined ? undefined : { operation, seconds: Number(seconds) };
}

const ADDRESS = 'an address such as https://grafana.example.com, without query and credentials';
const PERCENT = 'a percentage above 0 and below 100';

/** What rules of Prometheus are emitted with. */
export const prometheusEmitOptions: readonly EmitOption[] = [
  {
    flags: '--runbooks <place>',
    target: 'prometheus',
    about: 'address or path of the runbooks, before #alertname (default: docs/runbooks.md)',
    expected: 'an address or a path without # and spaces',
    read: (runbooks) => ({ runbooks }),
  },
  {
    flags: '--grafana <url>',
    target: 'prometheus',
    about: "Grafana's address: alerts then link to their dashboard",
    expected: ADDRESS,
    read: (grafana) => ({ grafana }),
  },
  {
    flags: '--availability <percent>',
    target: 'prometheus',
    about: 'of the HTTP requests that must succeed (default: 99.9)',
    expected: PERCENT,
    read: (text, dashboards, before) => {
      const target = share(text);
      return target === undefined ? undefined : changed('availability', { target }, dashboards, before);
    },
  },
  {
    flags: '--latency <percent>',
    target: 'prometheus',
    about: 'of the HTTP requests that must succeed in time (default: 99)',
    expected: PERCENT,
    read: (text, dashboards, before) => {
      const target = share(text);
      return target === undefined ? undefined : changed('latency', { target }, dashboards, before);
    },
  },
  {
    flags: '--latency-ms <milliseconds>',
    target: 'prometheus',
    about: 'the time that they have; a boundary of the histogram (default: 500)',
    expected: 'one of 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000',
    read: (text, dashboards, before) =>
      NUMBER.test(text) ? changed('latency', { seconds: Number(text) / 1000 }, dashboards, before) : undefined,
  },
  {
    flags: '--operation-limit <name=seconds>',
    target: 'prometheus',
    isList: true,
    about: 'an operation may take so long in the mean; may be given again',
    expected: 'the name of an operation and seconds above 0, such as import=20',
    read: (text, _, { operationLimits = [] }) => {
      const one = limit(text);
      return one === undefined ? undefined : { operationLimits: [...operationLimits, one] };
    },
  },
  {
    flags: '--short-lived-job <pattern>',
    target: 'prometheus',
    isList: true,
    about: 'a job that is meant to end and is not missed; may be given again',
    expected: 'a regular expression of job, such as nightly-.*',
    read: (text, _, { shortLivedJobs = [] }) =>
      text.trim() === '' ? undefined : { shortLivedJobs: [...shortLivedJobs, text] },
  },
  {
    flags: '--without <file>',
    target: 'prometheus',
    isList: true,
    about: 'a file of rules that is not wanted, such as spritepal; may be given again',
    expected: 'the name of a file of rules without its ending, and not recordings',
    read: (text, _, { without = [] }) => ({ without: [...without, text] }),
  },
];
