import { startChild } from './child-process.mjs';
import { findPromClient } from './prom-client.mjs';
import { median, ratios, summary } from './statistics.mjs';

/** Compilation is over by then. */
const WARM_UP_SCRAPES = 40;
const SCRAPES = 12;
const VARIANTS = ['otel-monitor', 'prom-client'];

/**
 * A scrape of 5,000 histograms against prom-client with the same samples: in the server, for a client outside of it, and
 * the longest turn of the event loop. Rows as the other measures give them.
 */
export async function measureScrape({ rounds, say }) {
  const promClient = await findPromClient();
  const variants = promClient === undefined ? VARIANTS.slice(0, 1) : VARIANTS;
  const lives = Object.fromEntries(variants.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of variants) {
      say(`scrape, ${variant}: round ${round + 1} of ${rounds}`);
      lives[variant].push(await measureLife({ variant, promClient }));
    }
    if (promClient !== undefined) assertSameSamples(lives, round);
  }
  return rowsOf(lives);
}

/** One life of the scraped process: scrapes to warm up, then those whose cost is measured, then those whose turns are watched. */
async function measureLife(settings) {
  const server = startChild('./scrape-child.mjs', { args: [JSON.stringify(settings)] });
  const client = startChild('./scrape-client.mjs');
  try {
    const { url } = await server.message('ready');
    await client.message('ready');
    const scrape = async (watch) => {
      server.send({ type: 'change' });
      await server.message('changed');
      server.send({ type: 'begin', watch });
      await server.message('begun');
      client.send({ type: 'scrape', url });
      const { millis, bytes } = await client.message('scraped');
      server.send({ type: 'end' });
      return { millis, bytes, ...(await server.message('ended')) };
    };
    for (let i = 0; i < WARM_UP_SCRAPES; i += 1) await scrape(false);
    const measured = [];
    for (let i = 0; i < SCRAPES; i += 1) measured.push(await scrape(false));
    const watched = [];
    for (let i = 0; i < SCRAPES; i += 1) watched.push(await scrape(true));
    client.send({ type: 'samples', url });
    const { count, digest } = await client.message('sampled');
    const middle = (field) => median(measured.map((each) => each[field]));
    return {
      pageMillis: middle('pageMillis'),
      loopMillis: middle('loopMillis'),
      cpuMillis: middle('cpuMillis'),
      clientMillis: middle('millis'),
      bytes: middle('bytes'),
      longestTurns: watched.map((each) => each.longestTurn),
      count,
      digest,
    };
  } finally {
    for (const child of [server, client]) {
      child.kill();
      await child.exited;
    }
  }
}

function assertSameSamples(lives, round) {
  const [ours, theirs] = VARIANTS.map((variant) => lives[variant][round]);
  if (ours.count === 0 || ours.count !== theirs.count || ours.digest !== theirs.digest) {
    throw new Error(`the samples of the two pages differ: ${ours.count} and ${theirs.count}`);
  }
}

function rowsOf(lives) {
  const values = (variant, field) => lives[variant]?.map((life) => life[field]);
  const megabytes = (variant) => `${(median(values(variant, 'bytes')) / 1e6).toFixed(1)} MB`;
  const row = (what, field, judged) => {
    const ours = values('otel-monitor', field);
    const theirs = values('prom-client', field);
    if (theirs === undefined) return { what, unit: 'ms', ours: summary(ours), ...judged };
    return {
      what,
      unit: 'ms',
      ours: summary(ours),
      theirs: summary(theirs),
      ratio: summary(ratios(ours, theirs)),
      ...judged,
    };
  };
  const count = lives['otel-monitor'][0].count;
  const pages = Object.keys(lives).map((variant) => `${variant} ${megabytes(variant)}`);
  const turns = (variant) => summary((lives[variant] ?? []).flatMap((life) => life.longestTurns));
  const rows = [
    row('scrape of 5,000 histograms, in the server', 'pageMillis', {
      budget: 0.08,
      note: `making the page, against prom-client's register.metrics(); ${count} samples, the same on both pages; ${pages.join(', ')}`,
    }),
    row('the same with sending, time of the event loop', 'loopMillis', {
      note: 'the system call that takes the bytes is in it, and goes by their number: labels of the scope are on each line',
    }),
    row('the same with sending, CPU of the process', 'cpuMillis', {}),
    row('the same, seen by a client outside', 'clientMillis', { budget: 0.17 }),
    {
      what: 'the same, longest turn of the event loop in a scrape',
      unit: 'ms',
      ours: turns('otel-monitor'),
      ...(lives['prom-client'] && { theirs: turns('prom-client') }),
      limit: 5,
      note: 'of all scrapes; other programs of the machine that take the processor make it longer',
    },
  ];
  if (lives['prom-client'] !== undefined) return rows;
  return [
    { what: 'scrape of 5,000 histograms, against prom-client', missing: 'prom-client could not be installed' },
    ...rows,
  ];
}
