import { exactSecrets } from './exact-secrets.js';
import { marked, type SecretCase } from './marked.js';
import { shapes } from './secret-shapes.js';
import { SeededRandom } from './seeded-random.js';
import { toldSecrets } from './told-secrets.js';

const SEED = 20_261_124;

/** The fixed half: what was written by hand, and one of every shape, always the same. */
export const secrets: readonly SecretCase[] = [
  ...exactSecrets.map(({ text, secret }) => ({ text, secrets: [secret] })),
  ...toldSecrets.map(marked),
  ...Object.values(shapes).map((make) => {
    const shape = make(new SeededRandom(SEED));
    return marked(shape.includes('«') ? shape : `«${shape}»`);
  }),
];
