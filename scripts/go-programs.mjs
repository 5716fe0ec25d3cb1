/**
 * @typedef {object} GoProgram A program of others that tests run, built from its Go module
 * @property {string} name of the program, of its script and of its folder in the cache
 * @property {string} title as a person calls it
 * @property {string} variable the environment's, that names another one
 * @property {{ path: string, version: string }} module
 * @property {string} image the one of docker-compose.yml that holds the same program
 * @property {Readonly<Record<string, string>>} packages of Go, by the names of the programs. The first is what is asked for, the
 *   others lie beside it
 * @property {string} [ownVersion] what it is told that it is, and what one on the PATH has to say of itself. Left out: it is not
 *   told, and any on the PATH will do
 * @property {number} minutes how long a build takes
 */

/** Jaeger 2: the module has a version of its own. @type {GoProgram} */
export const jaeger = {
  name: 'jaeger',
  title: 'Jaeger',
  variable: 'JAEGER',
  module: { path: 'github.com/jaegertracing/jaeger', version: '1.76.0' },
  image: 'jaegertracing/jaeger:2.13.0',
  packages: { jaeger: './cmd/jaeger' },
  minutes: 4,
};

/** The module of 3.X.Y is 0.30X.Y. The web page is not built in: nobody looks at it in a test. @type {GoProgram} */
export const prometheus = {
  name: 'prometheus',
  title: 'Prometheus',
  variable: 'PROMETHEUS',
  module: { path: 'github.com/prometheus/prometheus', version: '0.305.1' },
  image: 'prom/prometheus:v3.5.1',
  packages: { prometheus: './cmd/prometheus', promtool: './cmd/promtool' },
  ownVersion: '3.5.1',
  minutes: 3,
};

/** @type {GoProgram} */
export const alertmanager = {
  name: 'alertmanager',
  title: 'Alertmanager',
  variable: 'ALERTMANAGER',
  module: { path: 'github.com/prometheus/alertmanager', version: '0.28.1' },
  image: 'prom/alertmanager:v0.28.1',
  packages: { alertmanager: './cmd/alertmanager', amtool: './cmd/amtool' },
  ownVersion: '0.28.1',
  minutes: 1,
};
