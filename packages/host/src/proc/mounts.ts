import { wholeLines } from './digits.js';

/** A mounted file system. */
export interface Mount {
  readonly mountpoint: string;
  readonly type: string;
}

/** To ask these for their free space may wait for a machine that does not answer. */
const REMOTE = /^(?:nfs|cifs|smb|9p|afs|ceph|glusterfs|lustre|beegfs|gpfs|autofs|fuse|ncpfs|coda|ocfs2|gfs|virtiofs)/;

/**
 * The mounts of /proc/self/mountinfo (proc(5)): id, parent, device, root, mountpoint, options, optional fields, `-`,
 * type, source, options.
 */
export function parseMounts(text: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of wholeLines(text)) {
    const fields = line.split(' ');
    const type = fields[fields.indexOf('-') + 1];
    const mountpoint = fields[4];
    if (!mountpoint?.startsWith('/') || fields.indexOf('-') < 6 || type === undefined) continue;
    mounts.push({ mountpoint: unescapeOctal(mountpoint), type });
  }
  return mounts;
}

/** The file system that holds `path`; undefined when there is none or it is a remote one. */
export function localMountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  let found: Mount | undefined;
  for (const mount of mounts) {
    const { mountpoint } = mount;
    const holds = mountpoint === '/' || path === mountpoint || path.startsWith(`${mountpoint}/`);
    // a later mount on the same place hides the earlier one
    if (holds && mountpoint.length >= (found?.mountpoint.length ?? 0)) found = mount;
  }
  return found === undefined || REMOTE.test(found.type) ? undefined : found;
}

/** Blanks, tabs, line ends and backslashes stand as `\040` and the like. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
