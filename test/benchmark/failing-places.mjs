/** Errors as a service throws them: from 20 frames deep, at as many places as are asked for. */
export const FRAMES = 20;

/** As many functions, each with a name of its own, as are to be on the stack of one place. */
function place(index) {
  const names = Array.from({ length: FRAMES }, (_, depth) => `decode_${index.toString(36)}_${depth}`);
  const bodies = names.map((name, depth) =>
    depth === FRAMES - 1
      ? `function ${name}(message) { throw new RangeError(message); }`
      : `function ${name}(message) { return ${names[depth + 1]}(message) + 1; }`,
  );
  return new Function(`${bodies.join('\n')}\nreturn ${names[0]};`)();
}

/** The functions that throw, from the number `first` on; each takes the message. */
export function failingPlaces(count, first = 0) {
  return Array.from({ length: count }, (_, index) => place(first + index));
}

/** The error that a place throws. */
export function thrownBy(fail, message) {
  try {
    fail(message);
  } catch (error) {
    return error;
  }
  throw new Error('the place did not fail');
}
