import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningProgram, startProgram } from '../real-parts/running-program.js';

/** Root makes namespaces by right; anybody else is root in a user namespace, where the system has them. */
const isRoot = process.getuid?.() === 0;
const ownNamespaces = [...(isRoot ? [] : ['--map-root-user']), '--mount', '--pid', '--fork', '--kill-child'];

/** Whether containers can be made here; the tests that need it say `(needs namespaces)`. */
export const hasNamespaces =
  process.platform === 'linux' &&
  spawnSync('unshare', [...ownNamespaces, 'sh', '-c', 'mount -t tmpfs none /mnt && mount -t proc proc /proc'])
    .status === 0;

/** What of a pod's security context is held here, where the test runs as root: `no` root, no capabilities. */
export interface ContainerUser {
  readonly user: number;
  readonly group: number;
  /** The group of the volumes, which the process is a member of. */
  readonly volumes: number;
}

export interface ContainerOptions {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Paths in the container and what is to be found there: folders or files of this machine. Read-only unless listed. */
  readonly mounts: readonly { readonly target: string; readonly source: string; readonly writable?: boolean }[];
  readonly user: ContainerUser;
  readonly isReady: (output: string) => boolean | Promise<boolean>;
}

/** A program that is the first process of a container. */
export interface Container {
  output(): string;
  /** Sends the signal to the first process, as a kubelet does, and resolves with the exit code. */
  terminate(signal: NodeJS.Signals, graceMillis: number): Promise<number | NodeJS.Signals | undefined>;
}

/**
 * Runs a program in mount and process namespaces of its own: a root file system that cannot be written, with the system's
 * programs and what is mounted and nothing else, and, where the test is root, as the user that the pod says, without
 * capabilities. The network is this machine's: pods have addresses of loopback.
 */
export async function startContainer(options: ContainerOptions): Promise<Container> {
  const { command, env, cwd, mounts, user, isReady } = options;
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-container-'));
  const script = join(folder, 'start.sh');
  writeFileSync(script, startScript(join(folder, 'root'), mounts, cwd, user));
  const program = await startProgram({
    command: 'unshare',
    args: [...ownNamespaces, 'sh', '-eu', script, ...command],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', ...env },
    isReady,
    startMillis: 120_000,
  }).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    output: program.output,
    terminate: async (signal, graceMillis) => {
      const first = firstProcess(program);
      if (first !== undefined) process.kill(first, signal);
      await endWithin(program, graceMillis);
      rmSync(folder, { recursive: true, force: true });
      return program.exit();
    },
  };
}

function startScript(root: string, mounts: ContainerOptions['mounts'], cwd: string, user: ContainerUser): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const inside = (path: string) => quoted(`${root}${path}`);
  const mounting = mounts.map(({ target, source, writable }) =>
    [
      `if [ -d ${quoted(source)} ]; then mkdir -p ${inside(target)}`,
      `else mkdir -p "$(dirname ${inside(target)})"; : > ${inside(target)}; fi`,
      `mount --bind ${quoted(source)} ${inside(target)}`,
      ...(writable ? [] : [`mount -o remount,bind,ro ${inside(target)}`]),
    ].join('\n'),
  );
  const drop = [
    `setpriv --reuid=${user.user} --regid=${user.group} --groups=${user.volumes}`,
    '--inh-caps=-all --bounding-set=-all --no-new-privs',
  ].join(' ');
  return `mkdir ${quoted(root)}
mount -t tmpfs none ${quoted(root)}
for entry in usr bin sbin lib lib32 lib64; do
  if [ -L /$entry ]; then cp -P /$entry ${quoted(root)}/
  elif [ -d /$entry ]; then mkdir ${quoted(root)}/$entry; mount --rbind /$entry ${quoted(root)}/$entry; fi
done
mkdir ${inside('/proc')} ${inside('/dev')} ${inside('/etc')}
mount -t proc proc ${inside('/proc')}
mount --rbind /dev ${inside('/dev')}
echo 'hosts: files' > ${inside('/etc/nsswitch.conf')}
${mounting.join('\n')}
mount -o remount,ro ${quoted(root)}
exec chroot ${quoted(root)} ${isRoot ? drop : ''} sh -c ${quoted(`cd ${cwd} && exec "$@"`)} sh "$@"
`;
}

/** The number that the first process of a container has outside of it. */
function firstProcess({ pid, hasEnded }: RunningProgram): number | undefined {
  if (hasEnded()) return undefined;
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]) || undefined;
}

/** Whoever has not ended then is killed, as by a kubelet. */
async function endWithin(program: RunningProgram, millis: number): Promise<void> {
  const until = Date.now() + millis;
  while (!program.hasEnded() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  if (!program.hasEnded()) await program.stop('SIGKILL');
}
