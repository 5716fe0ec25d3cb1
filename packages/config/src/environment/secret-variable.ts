import { setting, type Variable } from './variable.js';

/**
 * A secret that is given itself or, by the name with `_FILE`, as a file that holds it. Given itself it wins.
 *
 * @param what the secret in the words of a message: "a token"
 */
export function secretVariables(name: string, path: string, what: string): Variable[] {
  return [
    { ...setting(name, path), shown: 'not' },
    {
      name: `${name}_FILE`,
      read(text, reader) {
        const expected = `the path of a file with ${what} in it`;
        const content = reader.file(text, expected);
        // an editor ends the last line
        if (content !== undefined) reader.put(path, content.trim(), expected);
      },
    },
  ];
}
