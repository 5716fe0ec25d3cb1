/** What `pushPage` needs. */
export interface Push {
  /** The base of the monitor's endpoints: `monitoring.url`. */
  readonly monitor: string;
  /** The base of the Pushgateway, `http://127.0.0.1:9091`. */
  readonly gateway: string;
  /** The group that is replaced: letters, digits and `_ . -`. Not the run: every run would stay there for ever. */
  readonly job: string;
  /** For the two requests together; 5000. */
  readonly timeoutMillis?: number;
}

/**
 * Puts a monitor's metrics in the place of what the job put into a Pushgateway before (PUT). Rejects when it cannot: its caller
 * says whether the job fails of it.
 */
export async function pushPage({ monitor, gateway, job, timeoutMillis = 5_000 }: Push): Promise<void> {
  if (!/^[\w.-]+$/.test(job)) throw new TypeError(`${job} is no name of a job`);
  const signal = AbortSignal.timeout(timeoutMillis);
  const page = await fetch(`${monitor}/metrics`, { signal });
  if (!page.ok) throw new Error(`the page of metrics answered ${page.status}`);
  const answer = await fetch(`${gateway}/metrics/job/${job}`, {
    method: 'PUT',
    headers: { 'content-type': 'text/plain; version=0.0.4' },
    body: await page.text(),
    signal,
  });
  if (!answer.ok) throw new Error(`the Pushgateway answered ${answer.status}: ${await answer.text()}`);
}
