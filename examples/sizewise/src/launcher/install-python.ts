#!/usr/bin/env node
/**
 * Installs the packages of the Python service and ends, for an image in which nothing can be written later:
 * `OTELCOL_CACHE=/opt/otel-monitor node dist/launcher/install-python.js`. Exit codes: 0 done, 69 they cannot be had.
 */
import { preparePython } from './python-environment.js';

const UNAVAILABLE = 69;

preparePython(process.env, () => {}).then(
  (found) => {
    if (!('missing' in found)) return console.log(found.packages);
    console.error(`sizewise: ${found.missing}`);
    process.exitCode = UNAVAILABLE;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = UNAVAILABLE;
  },
);
