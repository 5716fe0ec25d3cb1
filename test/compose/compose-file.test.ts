import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames } from '@otel-monitor/config';
import { describe, expect, it } from 'vitest';
import { mergeFlags } from '../../scripts/collector-configs.mjs';
import {
  addressesIn,
  type ComposeService,
  commandOf,
  composeText,
  isNamedVolume,
  mounts,
  readCompose,
  root,
  variables,
} from './compose-file.js';
import { dashboardProviders, dataSources, namesIn, provisioningText, sourcesOf } from './grafana-provisioning.js';

const { services, volumes } = readCompose();
const all = Object.entries(services);
const staying = all.filter(([name]) => name !== 'make-secrets');
const MEGA = 2 ** 20;

/** All text that a service reads at its start: its command, its environment, and the files that are mounted into it. */
function configurationOf(service: ComposeService): string {
  const files = mounts(service)
    .filter((mount) => !isNamedVolume(mount))
    .flatMap(({ source }) => {
      const path = join(root, source);
      if (!statSync(path).isDirectory()) return [path];
      // of a folder that holds a choice, what the command names; else all
      const named = readdirSync(path).filter((file) =>
        (service.command ?? []).some((word) => word.endsWith(`/${file}`)),
      );
      return (named.length > 0 ? named : readdirSync(path)).map((file) => join(path, file));
    });
  const words = [
    ...(service.command ?? []),
    ...Object.entries(service.environment ?? {}).map((pair) => pair.join('=')),
  ];
  return [...words, ...files.map((file) => readFileSync(file, 'utf8'))].join('\n');
}

function bytes(memory: string): number {
  const [, amount, unit] = /^(\d+)([MG])$/.exec(memory) ?? [];
  return Number(amount) * (unit === 'G' ? 1024 : 1) * MEGA;
}

describe('docker-compose.yml', () => {
  it('has what the guide names', () => {
    expect(Object.keys(services)).toEqual([
      'make-secrets',
      'application',
      'sizewise',
      'collector',
      'prometheus',
      'alertmanager',
      'alert-printer',
      'jaeger',
      'grafana',
    ]);
  });

  it.each(all)('%s has an exact version', (_, { image, build }) => {
    expect(image).toMatch(/^[a-z0-9/-]+:v?\d+\.\d+\.\d+$/);
    if (build !== undefined) expect(existsSync(join(root, build.context, build.dockerfile))).toBe(true);
  });

  it.each(['application.Dockerfile', 'collector.Dockerfile'])('%s begins with exact versions', (file) => {
    const text = readFileSync(join(root, 'deploy/compose', file), 'utf8');
    const stages = [...text.matchAll(/ AS (\S+)/g)].map(([, name]) => name);
    const images = [...text.matchAll(/^FROM (\S+)/gm)]
      .map(([, image]) => image)
      .filter((each) => !stages.includes(each));
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toMatch(/^[a-z0-9/-]+:\d+\.\d+\.\d+(-[a-z-]+)?$/);
  });

  it('runs the Collector that is built and tested here', () => {
    const builder = readFileSync(join(root, 'collector-config/builder.yaml'), 'utf8');
    const version = /^ {2}version: (\S+)$/m.exec(builder)?.[1];
    expect(services.collector?.image).toBe(`otel-monitor-collector:${version}`);
    const dockerfile = readFileSync(join(root, 'deploy/compose/collector.Dockerfile'), 'utf8');
    expect(dockerfile).toContain(`FROM otel/opentelemetry-collector-contrib:${version}\n`);
    expect(services.collector?.command?.[0]).toBe(mergeFlags[0]);
  });

  it.each(all)(
    '%s runs without root’s capabilities, on a file system that is read-only, within limits',
    (_, service) => {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        deploy: { resources: { limits: { cpus: expect.any(String), pids: expect.any(Number) } } },
      });
      expect(service.user).not.toBe('0');
      expect(bytes(service.deploy!.resources.limits.memory)).toBeGreaterThanOrEqual(128 * MEGA);
    },
  );

  it.each(staying)('%s comes back after a failure and says how it is', (_, service) => {
    expect(service.restart).toBe('unless-stopped');
    expect(service.healthcheck?.test[0]).toBe('CMD');
  });

  it('lets go of nothing but on the loopback interface', () => {
    const ports = all.flatMap(([, { ports: given = [] }]) => given);
    expect(ports.length).toBeGreaterThan(5);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    expect(all.filter(([, { network_mode }]) => network_mode === 'host')).toEqual([]);
  });

  it('has no secret: none in it, and none in the environment of a service', () => {
    for (const [, { environment = {} }] of all) {
      for (const [name, value] of Object.entries(environment)) {
        if (/PASSWORD|TOKEN|SECRET/.test(name))
          expect([name, value]).toEqual([name, expect.stringMatching(/^\/run\//)]);
      }
    }
    expect(services['make-secrets']?.environment?.ALERT_WEBHOOK_URL).toBe('');
  });

  it('waits only for what exists and can tell', () => {
    for (const [name, { depends_on = {} }] of all) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        expect(services, name).toHaveProperty(other);
        if (condition === 'service_healthy') expect(services[other]?.healthcheck, other).toBeDefined();
        else expect([other, condition]).toEqual(['make-secrets', 'service_completed_successfully']);
      }
    }
  });

  it('has who stays wait for who ends: `up --wait` takes the end of any other service for a failure', () => {
    const ending = all.filter(([, { restart }]) => restart === 'no').map(([name]) => name);
    const awaited = staying
      .filter(([, { profiles }]) => profiles === undefined)
      .flatMap(([, { depends_on = {} }]) => Object.keys(depends_on));
    expect(ending).toEqual(['make-secrets']);
    for (const name of ending) expect(awaited).toContain(name);
  });

  it('mounts what is there, read-only, and every volume that it declares', () => {
    const used = all.flatMap(([, service]) => mounts(service));
    for (const mount of used.filter((each) => !isNamedVolume(each))) {
      expect(existsSync(join(root, mount.source)), mount.source).toBe(true);
      expect(mount).toMatchObject({ isReadOnly: true });
    }
    const names = used.filter(isNamedVolume).map(({ source }) => source);
    expect(new Set(names)).toEqual(new Set(Object.keys(volumes)));
  });

  it('gives each secret to those who need it, and lets none but make-secrets write it', () => {
    const readers = (volume: string) =>
      all.filter(([, service]) => mounts(service).some(({ source }) => source === volume)).map(([name]) => name);
    expect(readers('scrape-secret')).toEqual(['make-secrets', 'application', 'prometheus']);
    expect(readers('grafana-secret')).toEqual(['make-secrets', 'grafana']);
    expect(readers('alerting-secret')).toEqual(['make-secrets', 'alertmanager']);
    for (const [name, service] of all) {
      const secrets = mounts(service).filter(({ source }) => source.endsWith('-secret'));
      for (const mount of secrets) expect([name, mount.isReadOnly]).toEqual([name, name !== 'make-secrets']);
    }
  });

  it('lets each volume be shaped by one image: containers are made at once, and the last one of several would have its way', () => {
    const shapers = (volume: string) =>
      all
        .filter(([, service]) => mounts(service).some((mount) => mount.source === volume && mount.takesContent))
        .map(([name]) => name);
    for (const volume of Object.keys(volumes)) {
      expect([volume, shapers(volume).length]).toEqual([volume, 1]);
      if (volume.endsWith('-secret')) expect(shapers(volume)).toEqual(['make-secrets']);
    }
  });

  it('has an example of an environment with every name and its default', () => {
    const lines = readFileSync(join(root, '.env.example'), 'utf8').split('\n');
    const given = lines.flatMap((line) => {
      const [, name, value] = /^#?([A-Z_]+)=(.*)$/.exec(line) ?? [];
      // what begins with # is a comment to compose where it is not quoted
      return name === undefined ? [] : [[name, value?.replace(/^"(#.*)"$/, '$1')]];
    });
    expect(given.filter(([, value]) => value?.startsWith('"'))).toEqual([]);
    expect(Object.fromEntries(given)).toEqual(Object.fromEntries(variables.map(({ name, value }) => [name, value])));
    expect(given).toHaveLength(new Set(variables.map(({ name }) => name)).size);
    expect(readFileSync(join(root, '.gitignore'), 'utf8').split('\n')).toContain('.env');
  });

  it('tells at its head each name that it takes from the environment', () => {
    const head = composeText.slice(0, composeText.indexOf('\nname: '));
    for (const { name } of variables) expect(head).toContain(name);
  });

  it('takes the same default wherever a name stands', () => {
    const defaults = new Map<string, Set<string>>();
    for (const { name, value } of variables) defaults.set(name, (defaults.get(name) ?? new Set()).add(value));
    expect([...defaults].filter(([, values]) => values.size > 1)).toEqual([]);
  });
});

describe('what its services are told', () => {
  it.each(all)('%s speaks to services of the file alone, on ports that they have', (name, service) => {
    for (const { host, port } of addressesIn(configurationOf(service))) {
      if (host === 'localhost') continue;
      expect(services, `${name} speaks to ${host}:${port}`).toHaveProperty(host);
      // what it listens on is in its configuration, its command or its published ports, or the default of its image
      const known = [configurationOf(services[host]!), ...(services[host]!.ports ?? [])].join('\n');
      expect(known, `${host} has no port ${port}`).toMatch(new RegExp(`(?<!\\d)${port}(?!\\d)`));
    }
  });

  it('the application knows every name of its environment', () => {
    const known = new Set<string>([...environmentNames, 'NODE_ENV']);
    for (const service of ['application', 'sizewise']) {
      for (const name of Object.keys(services[service]?.environment ?? {})) expect(known).toContain(name);
    }
  });

  it('the application takes all names of the SizeWise suite', () => {
    expect(Object.keys(services.application!.environment!)).toEqual(
      expect.arrayContaining([
        'METRICS_COLLECTION_ENABLED',
        'METRICS_COLLECTION_INTERVAL',
        'ERROR_TRACKING_ENABLED',
        'PERFORMANCE_DASHBOARD_ENABLED',
        'HEALTH_MONITORING_ENABLED',
        'ALERT_COOLDOWN_MINUTES',
        'ALERT_SLACK_CHANNEL',
        'METRICS_RETENTION_HOURS',
        'ERROR_RETENTION_HOURS',
        'HEALTH_RETENTION_HOURS',
      ]),
    );
  });

  it.each(['collector', 'jaeger'])('%s finds each name of its environment in its files', (name) => {
    const service = services[name] as ComposeService;
    const files = configurationOf({ ...service, environment: {} });
    for (const each of Object.keys(service.environment ?? {})) {
      if (each !== 'GOMEMLIMIT') expect(files).toContain(`\${env:${each}`);
    }
  });

  it.each(['collector', 'jaeger'])('%s stays below the memory of its container', (name) => {
    const { environment = {}, deploy, ...rest } = services[name] as ComposeService;
    const limiter = environment.COLLECTOR_MEMORY_MIB ?? /JAEGER_MEMORY_MIB:-(\d+)/.exec(configurationOf(rest))?.[1];
    const limit = bytes(deploy!.resources.limits.memory);
    expect(Number(limiter) * MEGA).toBeLessThan(limit * 0.9);
    expect(bytes(environment.GOMEMLIMIT!.replace('MiB', 'M'))).toBeLessThanOrEqual(Number(limiter) * MEGA);
  });

  it('Grafana gets every name that its provisioning takes, and no other of ours', () => {
    const environment = Object.keys(services.grafana?.environment ?? {});
    const taken = new Set([...namesIn(provisioningText('datasources')), ...namesIn(provisioningText('dashboards'))]);
    expect(new Set(environment.filter((name) => !name.startsWith('GF_')))).toEqual(taken);
  });

  it('the same file of each command exists where it is mounted', () => {
    for (const [name, service] of all) {
      for (const word of service.command ?? []) {
        const path = /^(?:--config(?:\.file)?=)?(\/etc\/\S+)$/.exec(word)?.[1];
        if (path === undefined) continue;
        const mount = mounts(service).find(({ target }) => path === target || path.startsWith(`${target}/`));
        expect(mount, `${name}: ${path}`).toBeDefined();
        expect(existsSync(join(root, mount!.source, path.slice(mount!.target.length))), path).toBe(true);
      }
    }
  });
});

describe('the image of the application', () => {
  const dockerfile = readFileSync(join(root, 'deploy/compose/application.Dockerfile'), 'utf8');

  it('copies what is there', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, words]) => words!.split(' '));
    expect(copied.length).toBeGreaterThan(5);
    for (const path of copied) expect(existsSync(join(root, path.replace('*.mjs', ''))), path).toBe(true);
    const tracked = spawnSync('git', ['ls-files', '--', ...copied], { cwd: root, encoding: 'utf8' }).stdout.split('\n');
    const isTracked = (path: string) =>
      tracked.some((file) => file === path || file.startsWith(`${path.replace('*.mjs', '')}`));
    // a clone has what git knows; an archive without it has been looked at above
    if (tracked.length > 1) expect(copied.filter((path) => !isTracked(path))).toEqual([]);
  });

  it('copies nothing that .dockerignore leaves out', () => {
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    const kept = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    // what a run leaves in the tree, which git does not see, is in no image either
    const unseen = readFileSync(join(root, '.gitignore'), 'utf8').split('\n');
    for (const line of unseen.filter((each) => each !== '' && !each.startsWith('/'))) {
      const pattern = line.includes('/*/') ? line : `**/${line}`;
      expect(ignored).toContain(pattern.replace(/\/$/, ''));
    }
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, words]) => words!.split(' '));
    expect(ignored).toContain('*');
    expect([...copied].sort()).toEqual([...kept].sort());
  });

  it.each(['application', 'sizewise'])('starts a program of this repository as %s, not as root', (target) => {
    const [node, path] = commandOf('deploy/compose/application.Dockerfile', target);
    expect([node, path]).toEqual(['node', expect.stringMatching(/^examples\/[a-z]+\/dist\/main\.js$/)]);
    expect(existsSync(join(root, path!.replace('/dist/', '/src/').replace(/js$/, 'ts')))).toBe(true);
    const stage = dockerfile.split(/^FROM /m).find((each) => each.split('\n')[0]?.endsWith(` AS ${target}`));
    // by number: where nobody may be root Kubernetes does not believe a name
    expect([...stage!.matchAll(/^USER (\S+)$/gm)].at(-1)?.[1]).toBe('1000:1000');
  });

  it('has a Collector that is not root, either', () => {
    const collector = readFileSync(join(root, 'deploy/compose/collector.Dockerfile'), 'utf8');
    expect([...collector.matchAll(/^USER (\S+)$/gm)].map(([, user]) => user)).toEqual(['10001:10001']);
  });

  it.each(['application.Dockerfile', 'collector.Dockerfile'])(
    '%s takes no secret: no argument, no mount of one',
    (file) => {
      const text = readFileSync(join(root, 'deploy/compose', file), 'utf8').replace(/^#.*$/gm, '');
      expect(text).not.toMatch(/^ARG |--mount|(?:TOKEN|SECRET|PASSWORD|_KEY)/m);
      // .npmrc, which may name a registry's token one day, is where the packages are installed and no further
      const [, ...stages] = text.split(/^FROM /m);
      expect(stages.filter((stage) => stage.includes('.npmrc')).every((stage) => / AS build\n/.test(stage))).toBe(true);
    },
  );

  it('runs a Node that the packages support', () => {
    const version = /^FROM node:(\d+)/m.exec(dockerfile)?.[1];
    expect(['22', '24']).toContain(version);
  });
});

describe('what Grafana is provisioned with', () => {
  const env = services.grafana?.environment ?? {};
  const sources = dataSources(env);
  const uids = sources.map(({ uid }) => uid);

  it('has a data source for Prometheus, Jaeger and Alertmanager each, by the addresses of the file', () => {
    expect(sources.map(({ type, url }) => [type, url])).toEqual([
      ['prometheus', 'http://prometheus:9090'],
      ['jaeger', 'http://jaeger:16686'],
      ['alertmanager', 'http://alertmanager:9093'],
    ]);
    expect(new Set(uids).size).toBe(3);
    expect(sources.filter(({ isDefault }) => isDefault).map(({ uid }) => uid)).toEqual(['prometheus']);
  });

  it('links to data sources that there are', () => {
    const [prometheus, jaeger] = sources;
    const { exemplarTraceIdDestinations = [], alertmanagerUid } = prometheus!.jsonData;
    expect(exemplarTraceIdDestinations.map(({ name }) => name)).toEqual(['trace_id', 'trace_id']);
    expect(exemplarTraceIdDestinations[0]?.datasourceUid).toBe('jaeger');
    expect(exemplarTraceIdDestinations[1]?.url).toBe(`http://127.0.0.1:16686/trace/\${__value.raw}`);
    expect(services.jaeger?.ports).toEqual(['127.0.0.1:16686:16686']);
    expect(alertmanagerUid).toBe('alertmanager');
    expect(jaeger!.jsonData.tracesToMetrics?.datasourceUid).toBe('prometheus');
    for (const { query } of jaeger!.jsonData.tracesToMetrics!.queries) expect(query).toContain('{$__tags}');
  });

  it('takes the dashboards from where they are mounted, each with data sources that there are', () => {
    const [provider] = dashboardProviders(env);
    const mount = mounts(services.grafana!).find(({ target }) => target === provider?.options.path);
    expect(mount?.source).toBe('./grafana-config/dashboards');
    const files = readdirSync(join(root, mount!.source)).filter((file) => file.endsWith('.json'));
    expect(files.length).toBeGreaterThan(0);
    const types = new Set(sources.map(({ type }) => type));
    for (const file of files) {
      const dashboard = JSON.parse(readFileSync(join(root, mount!.source, file), 'utf8'));
      const chosen = new Map<string, string>(
        dashboard.templating.list
          .filter(({ type }: { type: string }) => type === 'datasource')
          .map(({ name, query }: { name: string; query: string }) => [name, query]),
      );
      for (const type of chosen.values()) expect(types).toContain(type);
      for (const { uid } of sourcesOf(dashboard)) {
        const variable = /^\$\{?(\w+)\}?$/.exec(uid)?.[1];
        if (variable !== undefined) expect([...chosen.keys()], `${file}: ${uid}`).toContain(variable);
        else expect([...uids, '-- Grafana --', '-- Dashboard --'], `${file}: ${uid}`).toContain(uid);
      }
    }
    const home = env.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? '';
    expect(files.map((file) => join(mount!.target, file))).toContain(home);
  });
});
