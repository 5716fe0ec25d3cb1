/** What travels with every job: the sender's own data, and the context it was sent in. */
export interface JobData<Payload> {
  readonly payload: Payload;
  /** Written by `monitor.inject`: to the queue it is data like any other. */
  readonly trace: Readonly<Record<string, string>>;
}

/** A job as a worker gets it. */
export interface Job<Payload = unknown> {
  readonly id: number;
  readonly name: string;
  readonly data: JobData<Payload>;
  /** 1 for the first. */
  readonly attempt: number;
}

/** What became of a job. */
export interface JobResult {
  readonly id: number;
  readonly name: string;
  readonly state: 'completed' | 'failed';
  readonly attempts: number;
  /** Of the attempts that failed, the last one's reason. */
  readonly reason: string | undefined;
}
