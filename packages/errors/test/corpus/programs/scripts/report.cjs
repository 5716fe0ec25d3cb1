/** Runs what fails, one after another, and tells each error as a line of JSON. */
exports.reportAll = async function reportAll(faults) {
  const awake = setInterval(() => undefined, 1000);
  for (const [fault, run] of faults) {
    try {
      await run();
    } catch (error) {
      exports.tell(fault, error);
    }
  }
  clearInterval(awake);
};

exports.tell = function tell(fault, error) {
  console.log(`@@${JSON.stringify({ fault, ...told(error) })}`);
};

function told(error) {
  const { name, message, code, stack, cause, errors } = error;
  return {
    type: name ?? 'Object',
    message: message ?? '',
    ...(typeof code === 'string' ? { code } : {}),
    stack: String(stack ?? ''),
    ...(cause === undefined || cause === null ? {} : { cause: told(cause) }),
    ...(Array.isArray(errors) ? { errors: errors.map(told) } : {}),
  };
}
