// Writes monitoring.schema.json from the built package: npx tsc -b packages/config && node packages/config/scripts/write-schema.mjs
import { writeFileSync } from 'node:fs';
import { configJsonSchema } from '../dist/index.js';

const file = new URL('../monitoring.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
