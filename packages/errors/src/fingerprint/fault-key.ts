import type { DescribedError } from '../description/described-error.js';
import { MINIFIED } from './function-name.js';
import { messageTemplate } from './message-template.js';

const CLASS_NAME = /^[A-Za-z_$][\w$.]{0,63}$/;
/** A name of the program in V8's messages, which a minifier may have made: `e.total is not a function`. */
const NAME_IN_MESSAGE = /(?<![\w$.])[A-Za-z_$][\w$]{0,2}(?=(?:\.[\w$]{1,64}){0,8}(?:\(\.\.\.\))? is not )/g;

/** What an error says of itself, without what varies. */
export interface Fault {
  readonly key: string;
  readonly template: string;
}

/** Type, code and message of one error, apart from where it happened. */
export function faultKey({ exceptionType, code, message, frames }: DescribedError): Fault {
  let template = messageTemplate(message);
  let type = CLASS_NAME.test(exceptionType) ? exceptionType : messageTemplate(exceptionType);
  if (frames?.isBundled === true) {
    template = template.replace(NAME_IN_MESSAGE, MINIFIED);
    if (type.length <= 3) type = MINIFIED;
  }
  return { key: `${type}\0${code ?? ''}\0${template}`, template };
}
