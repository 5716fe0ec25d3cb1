const URL_SCHEME = /^[a-z][a-z0-9+.-]{1,30}:\/\//i;
const EMAIL = /^[^\s@/:]+@[\w.-]+$/;
const PATH_START = /^(?:\/(?=[^/])|\.{1,2}[\\/]|~[\\/]|[A-Za-z]:[\\/]|\\\\)/;
const RELATIVE_PATH = /^[^@\\/][^\\/]*[\\/](?:[^\\/]*[\\/]|.*\d|[^\\/]*\.[A-Za-z]\w{0,7}(?::\d+)*$)/;
const FILE_POSITION = /^[^:]*\.[A-Za-z]\w{0,7}:\d+:\d+$/;
const IPV4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:[:/]\d{1,5})?$/;
const IPV6 = /^\[?(?=[^:]*:[^:]*:)[0-9a-f:]+(?:[.%][\w.]+)?\]?(?::\d{1,5})?$/i;
const CLOCK = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const DATE =
  /^(?:\d{4}-\d{2}-\d{2}(?:T[\d:.,]*(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}\/\d{2}\/\d{2})$/;
const HOST = /^(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{0,62}(:\d{1,5})?$/;
const HOST_END = /\.(?:com|net|org|io|dev|local|internal|example|test|cloud|svc)(?::\d+)?$/;
const SIGNED_TOKEN = /^[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}$/;

/** URL, e-mail address, path, IP address, host, date or signed token, told by their marks; undefined for anything else. */
export function addressPlaceholder(token: string): string | undefined {
  const hasSlash = token.includes('/') || token.includes('\\');
  if (hasSlash && URL_SCHEME.test(token)) return '<url>';
  if (hasSlash && PATH_START.test(token)) return '<path>';
  if (token.includes('@') && EMAIL.test(token)) return '<email>';
  const hasDot = token.includes('.');
  if (hasDot && IPV4.test(token)) return '<ip>';
  if (DATE.test(token)) return '<date>';
  if (token.includes(':')) {
    if (CLOCK.test(token)) return '<date>';
    if (IPV6.test(token)) return '<ip>';
    if (hasDot && FILE_POSITION.test(token)) return '<path>';
  }
  if (hasDot && isHost(token)) return '<host>';
  if (hasDot && SIGNED_TOKEN.test(token) && /\d/.test(token) && /[A-Z]/.test(token)) return '<token>';
  return hasSlash && !/^[\d\W]+$/.test(token) && !token.includes('=') && RELATIVE_PATH.test(token)
    ? '<path>'
    : undefined;
}

/** Names with a port, or with an ending of hosts, or of three parts of which one is not a word. */
function isHost(token: string): boolean {
  const port = HOST.exec(token);
  if (port === null) return false;
  return port[1] !== undefined || HOST_END.test(token) || (token.split('.').length > 2 && /[\d-]/.test(token));
}
