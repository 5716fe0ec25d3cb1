import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  combinations,
  configArguments,
  configFiles,
  configurationSets,
  overlayNames,
} from '../../scripts/collector-configs.mjs';
import { environmentNames, exampleEnvironment, neededEnvironment } from '../../scripts/collector-environment.mjs';
import { repositoryRoot } from '../../scripts/repository.mjs';
import { collectorAvailable } from '../real-parts/collector.js';

const read = (file: string) => readFileSync(join(repositoryRoot, file), 'utf8');
const readme = read('collector-config/README.md');

/** The cells of the rows of a table between two marks of the README; the first row and the line below it are left out. */
function table(mark: string): string[][] {
  const text = readme.split(`<!-- ${mark} -->\n`)[1]?.split('<!-- end -->')[0] ?? '';
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
const inBackticks = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);

const fileOf = (name: string) => configFiles([name]).at(-1) as string;
const headerOf = (file: string) => read(file).split(/^[^#]/m)[0] as string;
const overlays = overlayNames().map((name) => [name, fileOf(name)] as const);

function collector(args: readonly string[], env: Readonly<Record<string, string>> = exampleEnvironment) {
  const { PATH = '', HOME = '' } = process.env;
  return spawnSync(process.env.OTELCOL as string, args, {
    cwd: repositoryRoot,
    env: { PATH, HOME, AWS_EC2_METADATA_DISABLED: 'true', ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
}
function validate(args: readonly string[], env?: Readonly<Record<string, string>>) {
  const { status, stderr } = collector(['validate', ...args], env);
  return { status, stderr };
}

/** What a Collector makes of these files: its whole configuration, but for the order of extensions. */
function merged(files: readonly string[]): { service: { extensions: string[] } } {
  const printed = collector(['print-config', '--mode=unredacted', '--format=json', ...configArguments([...files])]);
  expect({ status: printed.status, stderr: printed.stderr }).toEqual({ status: 0, stderr: '' });
  const configuration = JSON.parse(printed.stdout);
  configuration.service.extensions.sort();
  return configuration;
}

describe('what is written about the configurations of the Collector', () => {
  it('the README lists every overlay, with what it needs', () => {
    const rows = table('overlays').map(([overlay, , , needs]) => [inBackticks(overlay)[0], inBackticks(needs).sort()]);
    const needed = overlays.map(([name, file]) => [name, neededEnvironment(file).flat().sort()]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(needed));
  });

  it('the README lists every combination', () => {
    const rows = table('combinations').map(([name, files, what]) => ({
      name: inBackticks(name)[0],
      overlays: inBackticks(files),
      what,
    }));
    expect(rows).toEqual(combinations);
  });

  it('a combination is made of overlays that are there, and has the name of none', () => {
    expect(combinations.flatMap((each) => each.overlays).filter((name) => !overlayNames().includes(name))).toEqual([]);
    expect(combinations.map(({ name }) => name).filter((name) => overlayNames().includes(name))).toEqual([]);
  });

  it.each(overlays)('%s tells in its header how it merges and every variable that it reads', (_name, file) => {
    const header = headerOf(file);
    expect(header).toContain('Merges over base.yaml');
    expect(environmentNames([file]).filter((name) => !header.includes(name))).toEqual([]);
  });
});

describe.skipIf(!collectorAvailable)('configurations with the Collector', () => {
  it.each(configurationSets().map((files) => [files.join(' + '), files] as const))('%s is valid', (_name, files) => {
    expect(validate(configArguments(files))).toEqual({ status: 0, stderr: '' });
  });

  it('all backends together are valid', () => {
    const backends = overlays.filter(([, file]) => /receivers: \[?forward\/export/.test(read(file)));
    expect(backends.length).toBeGreaterThanOrEqual(11);
    const files = configFiles(backends.map(([name]) => name));
    expect(validate(configArguments(files))).toEqual({ status: 0, stderr: '' });
  });

  it('overlays may be in any order, and any of them twice', () => {
    const [base, ...files] = configFiles(overlayNames()) as [string, ...string[]];
    const expected = merged([base, ...files]);
    expect(merged([base, ...files.toReversed()])).toEqual(expected);
    expect(merged([base, ...files, ...files])).toEqual(expected);
  });

  /** Every variable that an overlay cannot do without, and the overlay. */
  const needed = overlays.flatMap(([name, file]) => neededEnvironment(file).map((names) => [names, name] as const));
  describe.each(['missing', 'empty'])('with every variable %s', (how) => {
    let said: { status: number | null; stderr: string };
    beforeAll(() => {
      const names = needed.flatMap(([each]) => each);
      const others = Object.entries(exampleEnvironment).filter(([name]) => !names.includes(name));
      const empty = how === 'empty' ? names.map((name) => [name, '']) : [];
      said = validate(configArguments(configFiles(overlayNames())), Object.fromEntries([...others, ...empty]));
    });

    it.each(needed)('%s is named, of %s', (names) => {
      expect(said.status).toBe(1);
      expect(said.stderr).toMatch(new RegExp(`^(Error: )?\\w+::\\w+/${names.join('-or-')}-is-not-set: `, 'm'));
    });
  });

  it.each(overlays.filter(([, file]) => neededEnvironment(file).length > 0))(
    '%s alone does not start without what it needs',
    (_name, file) => {
      const names = neededEnvironment(file).flat();
      const others = Object.entries(exampleEnvironment).filter(([name]) => !names.includes(name));
      const { status, stderr } = validate(configArguments([...configFiles([]), file]), Object.fromEntries(others));
      expect(status).toBe(1);
      expect(stderr).toContain('-is-not-set: ');
    },
  );

  it('without AWS credentials cloudwatch does not start and says so', () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...env } = exampleEnvironment;
    const { status, stderr } = validate(configArguments(configFiles(['cloudwatch'])), env);
    expect(status).toBe(1);
    expect(stderr).toContain('extensions::sigv4auth/cloudwatch-metrics: could not retrieve credential provider');
  });

  it('without the feature gate the list of extensions at the end is enough, as the README says', () => {
    const last = /'(yaml:service::extensions: .*)'/.exec(readme)?.[1] as string;
    const files = configFiles(['cloudwatch']).flatMap((file) => ['--config', file]);
    expect(validate([...files, '--config', last])).toEqual({ status: 0, stderr: '' });
  });
});
