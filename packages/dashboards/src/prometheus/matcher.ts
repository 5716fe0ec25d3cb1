import { labelName } from '../series.js';

/** One matcher of a selector: `monitor_operation_name="checkout"`. */
export type Matcher = string;

/** Attribute is value. */
export const is = (attribute: string, value: string): Matcher => `${labelName(attribute)}=${JSON.stringify(value)}`;

/** Attribute is not value; `isNot(attribute, '')` is: it is there. */
export const isNot = (attribute: string, value: string): Matcher => `${labelName(attribute)}!=${JSON.stringify(value)}`;

/** Attribute matches the whole of a regular expression (RE2). */
export const matches = (attribute: string, pattern: string): Matcher =>
  `${labelName(attribute)}=~${JSON.stringify(pattern)}`;

/** Attribute does not match it. */
export const matchesNot = (attribute: string, pattern: string): Matcher =>
  `${labelName(attribute)}!~${JSON.stringify(pattern)}`;

/** `name{matchers}`, and the bare name without any. */
export const select = (series: string, ...matchers: readonly Matcher[]): string =>
  matchers.length === 0 ? series : `${series}{${matchers.join(',')}}`;
