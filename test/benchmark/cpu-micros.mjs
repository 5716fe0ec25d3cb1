/** CPU time of this process, all its threads, so that garbage collection is in it. */
export function cpuMicros() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
