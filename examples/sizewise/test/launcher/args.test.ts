import { describe, expect, it } from 'vitest';
import { HELP, parseCommandLine } from '../../src/launcher/args.js';

describe('the command line', () => {
  it('left empty is a load of 300 requests, a Collector if there is one, and no end', () => {
    expect(parseCommandLine([])).toEqual({
      requests: 300,
      seconds: undefined,
      once: false,
      collector: true,
      out: undefined,
      help: false,
    });
  });

  it('takes every option that the help names', () => {
    const args = ['--requests', '20', '--seconds', '5', '--once', '--no-collector', '--out', 'here', '--help'];
    expect(parseCommandLine(args)).toEqual({
      requests: 20,
      seconds: 5,
      once: true,
      collector: false,
      out: 'here',
      help: true,
    });
    for (const option of args.filter((arg) => arg.startsWith('--'))) expect(HELP).toContain(`  ${option} `);
  });

  it.each([
    [['--requests', '0'], "--requests: found '0', expected a whole number from 1 to 1000000"],
    [['--seconds', 'soon'], "--seconds: found 'soon', expected a whole number from 0 to 1000000"],
    [['--out='], "--out: found nothing, expected a folder's path"],
    [['--twice'], "Unknown option '--twice'"],
    [['more'], "Unexpected argument 'more'"],
  ])('%j is refused with a reason', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(message);
  });
});
