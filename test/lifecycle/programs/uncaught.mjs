/**
 * Fails in the way that its arguments name, monitored by what --import does or by nothing:
 * `uncaught.mjs throw|reject error|text|object nobody|listener|handler|capturer|domain|late|own-exit`
 */
const [failure, kind, who] = process.argv.slice(2);

const reason = { error: new RangeError('torn'), text: 'torn', object: { tile: 12 } }[kind];
const say = (word) => (error) => console.log(word, typeof error === 'object' ? (error.message ?? 'no error') : error);

if (who === 'listener') process.on('unhandledRejection', say('listener'));
if (who === 'own-exit')
  process.on('unhandledRejection', () => {
    process.exitCode = 9;
    process.exit();
  });
if (who === 'handler') process.on('uncaughtException', say('handler'));
if (who === 'capturer') process.setUncaughtExceptionCaptureCallback(say('capturer'));

function fail() {
  if (failure === 'throw') throw reason;
  const promise = Promise.reject(reason);
  if (who === 'late') setTimeout(() => promise.catch(say('late')), 20);
}

if (who === 'domain') {
  const { create } = await import('node:domain');
  const domain = create();
  domain.on('error', say('domain'));
  domain.run(() => process.nextTick(fail));
} else process.nextTick(fail);
// where the process survives, it ends by itself
setTimeout(() => console.log('survived'), 60);
