import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outputProblems, writeOutputs } from '../../scripts/generated-outputs.mjs';
import { temporaryFolder } from './fake-programs.js';

const outputs = [
  {
    folder: 'made/json',
    owns: /\.json$/,
    files: () => [
      { path: 'a.json', text: '1\n' },
      { path: 'below/b.json', text: '2\n' },
    ],
  },
];

describe('files that are generated and committed', () => {
  it('are written where they differ, and are then without a problem', async () => {
    const root = temporaryFolder();
    expect(await outputProblems(root, outputs)).toEqual([
      'made/json/a.json is not there',
      'made/json/below/b.json is not there',
    ]);
    expect(await writeOutputs(root, outputs)).toEqual(['made/json/a.json', 'made/json/below/b.json']);
    expect(await outputProblems(root, outputs)).toEqual([]);
    writeFileSync(join(root, 'made/json/below/b.json'), 'changed by hand');
    expect(await outputProblems(root, outputs)).toEqual(['made/json/below/b.json is not what its source makes']);
    expect(await writeOutputs(root, outputs)).toEqual(['made/json/below/b.json']);
    expect(readFileSync(join(root, 'made/json/below/b.json'), 'utf8')).toBe('2\n');
  });

  it('are a problem when nothing makes them any more; what is beside them is not', async () => {
    const root = temporaryFolder();
    await writeOutputs(root, outputs);
    writeFileSync(join(root, 'made/json/below/README.md'), 'about them');
    writeFileSync(join(root, 'made/json/below/old.json'), '0');
    expect(await outputProblems(root, outputs)).toEqual(['made/json/below/old.json is made by nothing any more']);
  });
});
