import { COMMAND, type FromPrimary, type FromWorker, VERSION } from '../wire/message.js';

/** The way from a primary to one worker. */
export interface WorkerLink {
  /** Never throws; what cannot be sent is lost, as its receiver is. */
  send(message: FromPrimary): void;
}

/** How a worker ended. */
export interface Ending {
  /** Whether it was an error, or a signal that nobody ends a process with in order. */
  readonly isFailure: boolean;
  /** As in `exited with 1`, `was ended by SIGKILL`. */
  readonly text: string;
}

/** Who is told what comes from workers. */
export interface WorkerListener {
  heard(link: WorkerLink, message: FromWorker): void;
  ended(link: WorkerLink, ending: Ending): void;
}

/** The way from a worker to its primary. */
export interface PrimaryLink {
  /** Never throws. */
  send(message: FromWorker): void;
  /** Resolves when what was sent is with the system. Never rejects. */
  sent(): Promise<void>;
  close(): void;
}

/** Who is told what comes from the primary. */
export interface PrimaryListener {
  heard(message: FromPrimary): void;
  /** The way to the primary is about to close: what is to be said must be said now. */
  closing(): void;
}

/** A message as it travels. */
export function envelope<M extends object>(message: M): M & { cmd: string; version: number } {
  return { ...message, cmd: COMMAND, version: VERSION };
}
