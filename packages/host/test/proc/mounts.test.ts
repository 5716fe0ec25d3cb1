import { describe, expect, it } from 'vitest';
import { localMountOf, parseMounts } from '../../src/proc/mounts.js';

const mounts = parseMounts(`22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
40 27 0:40 / /home rw,relatime shared:7 master:2 - nfs4 server:/home rw
41 40 8:17 / /home/local rw - xfs /dev/sdb1 rw
42 27 8:18 / /srv/with\\040blank rw - btrfs /dev/sdb2 rw
43 27 8:19 / /data rw - ext4 /dev/sdc1 rw
44 43 0:50 / /data rw - tmpfs tmpfs rw
`);

describe('mounts of /proc/self/mountinfo', () => {
  it('reads mountpoint and type, whether there are optional fields or not, and blanks in names', () => {
    expect(mounts).toContainEqual({ mountpoint: '/', type: 'ext4' });
    expect(mounts).toContainEqual({ mountpoint: '/home', type: 'nfs4' });
    expect(mounts).toContainEqual({ mountpoint: '/srv/with blank', type: 'btrfs' });
  });

  it.each([
    ['/', '/'],
    ['/etc', '/'],
    ['/homestead', '/'],
    ['/home/local/app', '/home/local'],
    ['/srv/with blank/app', '/srv/with blank'],
  ])('finds the file system of %s: %s', (path, mountpoint) => {
    expect(localMountOf(path, mounts)?.mountpoint).toBe(mountpoint);
  });

  it('takes the later mount of two on the same place', () => {
    expect(localMountOf('/data/x', mounts)).toEqual({ mountpoint: '/data', type: 'tmpfs' });
  });

  it('gives none for a remote file system, which may not answer, nor where nothing is known', () => {
    expect(localMountOf('/home/someone', mounts)).toBeUndefined();
    expect(localMountOf('/', [])).toBeUndefined();
  });

  it('leaves out what is cut or garbage', () => {
    expect(parseMounts('')).toEqual([]);
    expect(
      parseMounts('27 1 254:0 / /\n-\n- - - - - -\n1 2 3 4 relative rw - ext4 x rw\n27 1 254:0 / / rw - ext4'),
    ).toEqual([]);
  });
});
