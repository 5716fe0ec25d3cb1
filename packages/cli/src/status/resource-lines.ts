import type { WireValue } from '../service/wire-value.js';
import { labelled } from '../text/layout.js';
import { age, bytes, count, duration, percent } from '../text/quantities.js';

/** What process, runtime and machine use; what is not measured is left out. */
export function resourceLines(resources: WireValue): string[] {
  const process = resources.get('process');
  const runtime = resources.get('runtime');
  const system = resources.get('system');
  const delay = runtime.get('eventLoopDelaySeconds');
  const heap = runtime.get('heap');
  const collections = runtime.get('garbageCollection');
  const disk = process.get('disk');
  const memory = system.get('memory');
  const network = system.get('network');
  const lines = [
    ...line('process', [
      said(process.get('cpuUtilization'), (value) => `CPU ${percent(value)}`),
      said(process.get('memory'), (value) => `${bytes(value)} of memory${share(process.get('memoryUtilization'))}`),
      said(process.get('threads'), (value) => `${count(value)} threads`),
      said(process.get('openFileDescriptors'), (value) => `${count(value)} open files`),
      said(disk.get('read'), (value) => `${bytes(value)} read, ${disk.get('written').shown(bytes)} written`),
    ]),
    ...line('event loop', [
      said(runtime.get('eventLoopUtilization'), (value) => `${percent(value)} busy`),
      said(delay.get('p50'), (value) => `delay p50 ${duration(value)}`),
      said(delay.get('p99'), (value) => `p99 ${duration(value)}`),
      said(delay.get('max'), (value) => `max ${duration(value)}`),
    ]),
    ...line('heap', [
      said(heap.get('used'), (value) => `${bytes(value)} of ${heap.get('size').shown(bytes)}`),
      said(collections.get('count'), (value) => {
        const time = collections.get('totalSeconds').shown(duration);
        return `${count(value)} garbage collections in ${time}`;
      }),
    ]),
    ...line('machine', [
      said(system.get('cpuUtilization'), (value) => `CPU ${percent(value)}`),
      said(memory.get('used'), (value) => `${bytes(value)} of ${memory.get('total').shown(bytes)} of memory`),
      said(network.get('received'), (value) => {
        return `network ${bytes(value)} received, ${network.get('transmitted').shown(bytes)} transmitted`;
      }),
      said(system.get('uptimeSeconds'), (value) => `up ${age(value)}`),
    ]),
    ...system.get('filesystems').list.slice(0, 10).flatMap(filesystemLine),
  ];
  return lines.length === 0 ? [] : ['RESOURCES', ...lines];
}

function filesystemLine(filesystem: WireValue): string[] {
  const used = filesystem.get('used').number ?? 0;
  const total = filesystem.get('total').number ?? 0;
  const full = total > 0 ? `, ${percent(used / total)} full` : '';
  return labelled('disk', `${filesystem.get('name').text}: ${bytes(used)} of ${bytes(total)}${full}`);
}

function said(value: WireValue, as: (value: number) => string): string[] {
  return value.number === undefined ? [] : [as(value.number)];
}

function share(value: WireValue): string {
  return value.number === undefined ? '' : ` (${percent(value.number)})`;
}

function line(label: string, parts: string[][]): string[] {
  const words = parts.flat();
  return words.length === 0 ? [] : labelled(label, words);
}
