/** Whether Node tells of requests in time for their headers: from 22.12 and 23.2 on. */
export function doesNodeTell(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 2) || (major === 22 && minor >= 12);
}
