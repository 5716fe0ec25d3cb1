import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram } from '../real-parts/running-program.js';
import { root } from './compose-file.js';
import { type DoneStage, doSteps, placedEnv, runStep } from './image-steps.js';

/** SOAK=1 installs, builds and starts, which takes a minute; without it everything is copied and nothing run. */
const IS_SOAK = process.env.SOAK === '1';
/** What can only be done as root, in an image. */
const AS_ROOT = /^(apt-get |mkdir -p \/)/;

describe('the steps of the application’s Dockerfile, in a folder', () => {
  let folder: string;
  let stages: Map<string, DoneStage>;
  const steps: string[] = [];

  const step = (command: string, stage: DoneStage) => {
    steps.push(command);
    if (AS_ROOT.test(command)) return;
    if (IS_SOAK) runStep(command, stage);
    else mkdirSync(join(stage.folder, stage.workdir, 'node_modules'), { recursive: true });
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'otel-monitor-image-'));
    stages = doSteps('deploy/compose/application.Dockerfile', folder, step);
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function output(name: string, args: string[], until: string): Promise<{ said: string; code: unknown }> {
    const { folder: place, workdir, env, command } = stages.get(name)!;
    const { PATH, HOME } = process.env;
    const program = await startProgram({
      command: process.execPath,
      args: [...command.slice(1), ...args],
      cwd: join(place, workdir),
      env: { PATH, HOME, OTEL_MONITOR_STATE_ENABLED: 'false', ...placedEnv(place, env) },
      isReady: (said) => said.includes(until),
    });
    await program.stop('SIGTERM');
    return { said: program.output(), code: program.exit() };
  }

  it('are an installation, a build, an installation of what is loaded, and two that need root', () => {
    expect(steps.map((command) => command.split(' && ')[0])).toEqual([
      'npm ci',
      'npm run build',
      'npm ci --omit=dev --ignore-scripts',
      expect.stringMatching(/^mkdir -p \/var\/lib\/otel-monitor /),
      'apt-get update',
      'node examples/sizewise/dist/launcher/install-python.js',
    ]);
    expect([...stages.keys()]).toEqual(['build', 'application', 'sizewise']);
  });

  it('find every package and example with what it is built from, and nothing that was built before', () => {
    const app = join(stages.get('build')!.folder, 'app');
    for (const kind of ['packages', 'examples']) {
      const names = readdirSync(join(root, kind)).filter((name) => existsSync(join(root, kind, name, 'package.json')));
      expect(names.length).toBeGreaterThan(3);
      for (const name of names) {
        for (const file of ['package.json', 'tsconfig.json', 'src']) {
          expect(existsSync(join(app, kind, name, file)), `${kind}/${name}/${file}`).toBe(true);
        }
        if (!IS_SOAK) expect(existsSync(join(app, kind, name, 'dist')), `${kind}/${name}/dist`).toBe(false);
      }
    }
    expect(existsSync(join(app, 'scripts/build-bundles.mjs'))).toBe(true);
  });

  it('leave an application without sources of tests, compilers or development packages', () => {
    const app = join(stages.get('application')!.folder, 'app');
    for (const path of ['node_modules/typescript', 'node_modules/vitest', 'test', 'packages/node/test', 'scripts']) {
      expect(existsSync(join(app, path)), path).toBe(false);
    }
    const scripts = ['make-secrets.mjs', 'print-alerts.mjs', 'programs-run.mjs'];
    expect(readdirSync(join(app, 'deploy/compose')).sort()).toEqual(scripts);
  });

  if (IS_SOAK) {
    it('give an image whose command starts the application, and ends with its signal', async () => {
      const { said, code } = await output('application', ['--port', '0'], '128 sheets');
      expect(said).toContain('SpritePal 1.4.0, monitored.');
      expect(code).toBe(143);
    });

    it('give one whose command starts SizeWise, with the packages of its service in Python', async () => {
      const { said, code } = await output('sizewise', ['--requests', '8'], 'Ctrl-C ends it');
      expect(said).toMatch(/^duct-sizing +http:/m);
      expect(said).not.toContain('Installing');
      expect(code).toBe(143);
    });
  }
});
