/** The labels that one process has. */
export const EACH_PROCESS: readonly string[] = ['job', 'instance'];
