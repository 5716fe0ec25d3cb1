export { patternProblem } from './patterns/extra-pattern.js';
export type { Redactor, RedactorOptions } from './redactor.js';
export { createRedactor, defaultRedactor } from './redactor.js';
