import { shortLookAlikes } from './short-look-alikes.js';
import { toldLookAlikes } from './told-look-alikes.js';

/** The fixed half, written by hand. */
export const lookAlikes: readonly string[] = [...new Set([...shortLookAlikes, ...toldLookAlikes])];
