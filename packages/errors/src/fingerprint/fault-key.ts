import type { DescribedError } from '../description/described-error.js';
import { MINIFIED } from './function-name.js';
import { messageTemplate } from './message-template.js';

const CLASS_NAME = /^[A-Za-z_$][\w$.]{0,63}$/;
/** A name of the program in V8's messages, which a minifier may have made: `e.total is not a function`. */
const NAME_IN_MESSAGE = /(?<![\w$.])[A-Za-z_$][\w$]{0,2}(?=(?:\.[\w$]{1,64}){0,8}(?:\(\.\.\.\))? is not )/g;

/** Type, code and message of one error without what varies, apart from where it happened. */
export function faultKey({ exceptionType, code, message, frames }: DescribedError): string {
  let template = messageTemplate(message);
  let type = CLASS_NAME.test(exceptionType) ? exceptionType : messageTemplate(exceptionType);
  if (frames?.isBundled === true) {
    template = template.replace(NAME_IN_MESSAGE, MINIFIED);
    if (type.length <= 3) type = MINIFIED;
  }
  return `${type}\0${code ?? ''}\0${template}`;
}
