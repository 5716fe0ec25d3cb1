#!/usr/bin/env node
/**
 * Makes the secrets of docker-compose.yml before anything that needs one starts: nothing secret is in the repository, and no
 * password is the same on two machines.
 *
 *   node make-secrets.mjs [--random FILE]... [--webhook FILE]
 *
 * `--random FILE` gets 32 random bytes as base64url, and is left as it is where it has something already: a restart changes
 * no password. `--webhook FILE` gets the value of ALERT_WEBHOOK_URL, at every start; unset or empty, it is the receiver that
 * only prints (ALERT_WEBHOOK_DEFAULT). Files can be read by everybody who has their volume (0444). No secret is printed.
 *
 * Exit codes: 0 done, 64 bad usage or an address that is none, 73 a file cannot be written.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

const BAD_USAGE = 64;
const CANNOT_CREATE = 73;

/** @param {string} path */
function hasContent(path) {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}

/**
 * Whole or not at all: who reads it at the same time sees the old one or the new one.
 * @param {string} path
 * @param {string} text
 */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, text, { mode: 0o444 });
  renameSync(fresh, path);
}

/** @returns {string} */
function webhook() {
  const url = process.env.ALERT_WEBHOOK_URL || process.env.ALERT_WEBHOOK_DEFAULT || '';
  if (/^https?:\/\/[^\s]+$/.test(url) && URL.canParse(url)) return url;
  // what is in it is a secret, also where it is wrong
  throw new TypeError('ALERT_WEBHOOK_URL: expected an http or https address');
}

/** @param {string[]} argv */
function main(argv) {
  const { values } = parseArgs({
    args: argv,
    options: { random: { type: 'string', multiple: true }, webhook: { type: 'string' } },
  });
  const address = values.webhook === undefined ? '' : webhook();
  for (const path of values.random ?? []) {
    const isThere = hasContent(path);
    if (!isThere) write(path, randomBytes(32).toString('base64url'));
    console.log(`${path}: ${isThere ? 'kept' : 'made'}`);
  }
  if (values.webhook === undefined) return;
  write(values.webhook, address);
  console.log(`${values.webhook}: ${process.env.ALERT_WEBHOOK_URL ? 'ALERT_WEBHOOK_URL' : 'alerts are printed only'}`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`make-secrets: ${error instanceof Error ? error.message : error}`);
  process.exitCode = error instanceof TypeError ? BAD_USAGE : CANNOT_CREATE;
}
