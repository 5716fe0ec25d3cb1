#!/usr/bin/env node
/**
 * Whether programs run in this container, by the end of one of the words of their command lines: a health check of programs
 * whose ports nobody else knows.
 *
 *   node programs-run.mjs gateway/main.js service.py
 *
 * Exit codes: 0 all of them run, 1 one does not (it is named), 64 none was named.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** @param {string} pid */
function words(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // it has ended
  }
}

const wanted = process.argv.slice(2);
const others = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
const running = others.flatMap(words);
const missing = wanted.filter((end) => !running.some((word) => word === end || word.endsWith(`/${end}`)));
if (missing.length > 0) console.error(`does not run: ${missing.join(', ')}`);
process.exitCode = wanted.length === 0 ? 64 : missing.length > 0 ? 1 : 0;
