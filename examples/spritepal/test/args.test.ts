import { describe, expect, it } from 'vitest';
import { HELP, parseCommandLine, UsageError } from '../src/args.js';

describe('the command line', () => {
  it('leaves out what is not given', () => {
    expect(parseCommandLine([])).toEqual({
      rom: undefined,
      out: undefined,
      batches: undefined,
      stay: false,
      port: undefined,
      help: false,
    });
  });

  it('takes every option', () => {
    const argv = ['--rom', 'a.sfc', '--out=pictures', '--batches', '3', '--stay', '--port', '0', '-h'];
    expect(parseCommandLine(argv)).toEqual({
      rom: 'a.sfc',
      out: 'pictures',
      batches: 3,
      stay: true,
      port: 0,
      help: true,
    });
  });

  it.each([
    [['--batches', '0'], "--batches: found '0', expected a whole number of at least 1"],
    [['--batches', '1e3'], "--batches: found '1e3', expected a whole number of at least 1"],
    [['--port', '65536'], "--port: found '65536', expected a whole number from 0 to 65535"],
    [['--rom', ''], '--rom: found nothing, expected a path'],
    [['--rmo', 'x'], "Unknown option '--rmo'"],
    [['game.sfc'], "Unexpected argument 'game.sfc'"],
  ])('refuses %j in one line', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(UsageError);
    try {
      parseCommandLine(argv);
    } catch (error) {
      expect((error as Error).message).toBe(message);
    }
  });

  it('has every option in its help', () => {
    for (const option of ['--rom', '--out', '--batches', '--stay', '--port', '--help']) expect(HELP).toContain(option);
  });
});
