/** A variable as Grafana replaces it where no other sign may follow a `$name`: `${name}`. */
export const grafanaVariable = (name: string): string => `\${${name}}`;
