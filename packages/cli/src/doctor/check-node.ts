import type { Finding } from './finding.js';

/** Whether this Node can run otel-monitor: `>=20.19 <21 || >=22.12`. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (fits) return { level: 'ok', check: 'Node.js', message: version };
  return {
    level: 'fail',
    check: 'Node.js',
    message: `${version} is too old or between two lines`,
    advice: 'install Node 20.19 or later of the 20 line, or 22.12 or later',
  };
}
