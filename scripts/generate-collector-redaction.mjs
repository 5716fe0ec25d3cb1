/**
 * Writes collector-config/redaction.yaml from the tables of packages/redaction, which must be built. With `--check` it writes
 * nothing, and ends with 1 when the file is not what it would write.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redactionYaml } from './collector-redaction/redaction-yaml.mjs';
import { collectorConfigFolder } from './repository.mjs';

const file = join(collectorConfigFolder, 'redaction.yaml');
if (!process.argv.includes('--check')) writeFileSync(file, redactionYaml);
else if (readFileSync(file, 'utf8') !== redactionYaml) {
  console.error('collector-config/redaction.yaml is not what scripts/generate-collector-redaction.mjs writes: run it');
  process.exitCode = 1;
}
