export { STRUCTURAL_ATTRIBUTES } from './keys/allow-list.js';
export type { CustomRule } from './patterns/custom-rule.js';
export { customRuleProblem } from './patterns/custom-rule.js';
export { patternProblem } from './patterns/extra-pattern.js';
export type { Redactor } from './redactor.js';
export { createRedactor, defaultRedactor } from './redactor.js';
export type { RedactorOptions } from './redactor-options.js';
