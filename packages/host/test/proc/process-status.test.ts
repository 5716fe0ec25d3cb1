import { describe, expect, it } from 'vitest';
import { parseProcessIo, parseProcessStatus } from '../../src/proc/process-status.js';

const status = `Name:	node
Umask:	0022
State:	S (sleeping)
Pid:	810
FDSize:	256
VmPeak:	 1100000 kB
VmSize:	 1094832 kB
VmRSS:	   55760 kB
Threads:	11
SigQ:	0/96365
`;

describe('this process in /proc', () => {
  it('reads memory and threads', () => {
    expect(parseProcessStatus(status)).toEqual({ memory: 55760 * 1024, virtualMemory: 1094832 * 1024, threads: 11 });
  });

  it('leaves out what a sandbox does not tell', () => {
    expect(parseProcessStatus('Name:\tnode\nState:\tR\nThreads:\t4\n')).toEqual({ threads: 4 });
    expect(parseProcessStatus('')).toEqual({});
  });

  it('is not led astray by the name of the process', () => {
    expect(parseProcessStatus('Name:\tThreads: 99\nThreads:\t4\n')).toEqual({ threads: 4 });
    expect(parseProcessStatus('Name:\tVmRSS: 1 kB\n')).toEqual({});
  });

  it('reads bytes from and to storage, and not those that only went through system calls', () => {
    const text =
      'rchar: 6976\nwchar: 12\nsyscr: 10\nsyscw: 0\nread_bytes: 4096\nwrite_bytes: 28672\ncancelled_write_bytes: 9\n';
    expect(parseProcessIo(text)).toEqual({ read: 4096, written: 28672 });
    expect(parseProcessIo('rchar: 6976\nwchar: 12\n')).toBeUndefined();
    expect(parseProcessIo('read_bytes: 4096\nwrite_bytes: 286')).toBeUndefined();
  });
});
