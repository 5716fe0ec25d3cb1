import { mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fakeProgram, temporaryFolder } from './fake-programs.js';

/** What a script that builds with Go is given. */
interface BuildOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly goRelease: string;
  readonly say: (line: string) => void;
}

/**
 * A machine of its own, whose go gives out `module` and builds nothing: with BROKEN in the environment it fails.
 * @param makes the lines of a shell that make the programs; `$out` is what stands behind `-o`
 */
export function machineWithGo(
  buildWith: (options: BuildOptions) => Promise<string>,
  makes: string,
  extra: Readonly<Record<string, string>>,
) {
  const root = temporaryFolder();
  const module = join(root, 'module');
  mkdirSync(module);
  const bin = join(root, 'bin');
  fakeProgram(
    bin,
    'go',
    `echo "$@" >> "$ASKED"
[ "$1" = version ] && { echo "go version go1.26.8 linux/amd64"; exit 0; }
[ "$1" = mod ] && { echo "{\\"Dir\\":\\"${module}\\"}"; exit 0; }
[ -n "$BROKEN" ] && { echo "undefined: x"; exit 1; }
for out; do [ "$last" = -o ] && break; last=$out; done
${makes}`,
  );
  const env = {
    PATH: [bin, process.env.PATH].join(delimiter),
    OTELCOL_CACHE: join(root, 'cache'),
    ASKED: join(root, 'asked'),
    ...extra,
  };
  const said: string[] = [];
  const build = () => buildWith({ env, goRelease: '1.26', say: (line) => said.push(line) });
  const asked = () => readFileSync(env.ASKED, 'utf8').trim().split('\n');
  return { root, module, bin, env, build, said, asked };
}
