/**
 * The Prometheus label name of an attribute key: `http.route` → `http_route`, `2xx` → `key_2xx`. Empty only for the
 * empty key.
 *
 * Like the Collector's prometheus exporter 0.159 it puts one `_` for each character that is not allowed and keeps runs of
 * them. Names that would begin with the reserved `__`, whose series the Collector drops, have their runs collapsed
 * instead (specification, "Metric Attributes").
 */
export function prometheusLabelName(key: string): string {
  const name = key.replace(/[^a-zA-Z0-9]/gu, '_');
  if (name.startsWith('__')) return name.replace(/_+/g, '_');
  return /^[0-9]/.test(name) ? `key_${name}` : name;
}
