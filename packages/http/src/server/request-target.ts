/** What a client asked for, in its parts. */
export interface RequestTarget {
  /** Undefined: the target is no path (`CONNECT`). */
  readonly path: string | undefined;
  /** Without its `?`; undefined where there is none, or nothing in it. */
  readonly query: string | undefined;
}

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;

/** Takes a request's target apart: a path, an absolute address, the host and port of a `CONNECT`, or `*`. Total on any text. */
export function splitTarget(target: string): RequestTarget {
  const isAbsolute = !isPath(target) && ABSOLUTE.test(target);
  const rest = isAbsolute ? target.replace(ABSOLUTE, '') : target;
  const mark = rest.indexOf('?');
  const path = mark < 0 ? rest : rest.slice(0, mark);
  return {
    path: isAbsolute && path === '' ? '/' : isPath(path) || path === '*' ? path : undefined,
    query: mark < 0 || mark + 1 === rest.length ? undefined : rest.slice(mark + 1),
  };
}

/** The path of a target; the target itself where it has none. */
export function pathOf(target: string): string {
  if (!isPath(target)) return splitTarget(target).path ?? target;
  const mark = target.indexOf('?');
  return mark < 0 ? target : target.slice(0, mark);
}

/** The host that an absolute address names, which goes before `Host` (RFC 9112, "absolute-form"); undefined: it is none. */
export function targetAuthority(target: string): string | undefined {
  if (isPath(target)) return undefined;
  const authority = ABSOLUTE.exec(target)?.[1];
  // a name and password before the host are nobody's to see
  return authority?.slice(authority.lastIndexOf('@') + 1);
}

function isPath(target: string): boolean {
  return target.charCodeAt(0) === 0x2f;
}
