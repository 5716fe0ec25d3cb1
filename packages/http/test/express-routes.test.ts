import { createServer } from 'node:http';
import express, { type ErrorRequestHandler, type Express } from 'express';
import express4 from 'express4';
import fc from 'fast-check';
import Router22 from 'router2.2';
import { describe, expect, it } from 'vitest';
import { monitorExpress } from '../src/express.js';
import { ask } from './on-loopback.js';
import { recordRequests } from './recorded-requests.js';

const answer: express.RequestHandler = (_request, response) => void response.send('ok');

describe.each([
  ['Express 5', express, express.Router],
  ['Express 5 with a router that keeps no patterns', express, Router22 as unknown as typeof express.Router],
  ['Express 4', express4, express4.Router],
])('%s', (name, make, makeRouter) => {
  const recorded = recordRequests({ isBeside: false });
  const is4 = name === 'Express 4';
  const splat = is4 ? '*' : '*rest';

  /** The route of one request to the application that `configure` makes. */
  async function routeOf(path: string, configure: (app: Express) => void): Promise<unknown> {
    const app = make();
    app.set('env', 'test');
    app.use(monitorExpress());
    configure(app);
    const port = await recorded.serve(createServer(app));
    await ask(port, path);
    const [outcome] = await recorded.outcomes();
    return outcome!['http.route'];
  }

  const nested = (path: string | RegExp | (string | RegExp)[], inner: string) => (app: Express) => {
    const router = makeRouter();
    router.get(inner, answer);
    const outer = makeRouter();
    outer.use(path, router);
    app.use('/api', outer);
  };

  it.each([
    ['/v:version', '/api/v2/items/7', '/api/v:version/items/:id'],
    ['/:from-:to', '/api/a-b/items/7', '/api/:from-:to/items/:id'],
    ['/:a/:b', '/api/b/a/items/7', '/api/:a/:b/items/:id'],
    ['/:a/:b', '/api/x/x/items/7', '/api/:a/:b/items/:id'],
    ['/:a/fixed', '/api/fixed/fixed/items/7', '/api/:a/fixed/items/:id'],
    ['/items/:a', '/api/items/items/items/7', '/api/items/:a/items/:id'],
    ['/:a', '/api/70707/items/7', '/api/:a/items/:id'],
    ['/:a', '/api/%E2%82%AC%20x/items/7', '/api/:a/items/:id'],
    ['/fixed', '/api/fixed/items/7', '/api/fixed/items/:id'],
    ['/fixed/', '/api/fixed/items/7', '/api/fixed/items/:id'],
    ['/', '/api/items/7', '/api/items/:id'],
  ])('a router at %s is told for %s', async (mount, path, route) => {
    expect(await routeOf(path, nested(mount, '/items/:id'))).toBe(route);
  });

  it('of several mount paths the one that was matched', async () => {
    expect(await routeOf('/api/b/9/items/7', nested(['/a/:x', '/b/:y'], '/items/:id'))).toBe('/api/b/:y/items/:id');
  });

  it.each([
    ['several patterns', ['/one', '/two/:id'], '/two/7', '/two/:id'],
    ['a regular expression', /^\/re(d|ad)$/, '/read', '/^\\/re(d|ad)$/'],
    ['everything', `/all/${splat}`, '/all/of/it', `/all/${splat}`],
    ['the root', '/', '/', '/'],
    ['the root, by another address', '/', '/?a=/users/7', '/'],
  ])('a route of %s', async (_of, pattern, path, route) => {
    expect(await routeOf(path, (app) => void app.get(pattern, answer))).toBe(route);
  });

  it('a path that a regular expression mounted is bounded', async () => {
    const app = make();
    const router = makeRouter();
    router.get('/end', answer);
    const mount = makeRouter();
    mount.use(/^\/x[a-z]+/, router);
    app.use(monitorExpress(), mount);
    const port = await recorded.serve(createServer(app));
    const paths = Array.from({ length: 40 }, (_, index) => `/x${'abcdefghij'[index % 10]}${'klmn'[index % 4]}`);
    for (const path of paths) await ask(port, `${path}/end`);
    const routes = new Set((await recorded.outcomes(40)).map((outcome) => outcome['http.route']));
    expect(routes.size).toBeLessThanOrEqual(9);
  });

  it('letters in the other case are not another route', async () => {
    const app = make();
    app.use(monitorExpress());
    nested('/fixed/:a', '/items/:id')(app);
    const port = await recorded.serve(createServer(app));
    // whoever comes first, and writes it as he likes
    for (const path of ['/API/Fixed/1/ITEMS/2', '/api/fixed/1/items/2', '/aPi/fIxed/1/items/2']) await ask(port, path);
    const routes = (await recorded.outcomes(3)).map((outcome) => String(outcome['http.route']));
    // where nobody has kept what was written, the first stands for all
    const isKept = !name.endsWith('keeps no patterns');
    expect(isKept ? routes : routes.map((route) => route.toLowerCase())).toEqual(['/api/fixed/:a/items/:id']);
  });

  it('an application that is mounted is told with its own path', async () => {
    const inner = make();
    inner.get('/members/:member', answer);
    expect(await routeOf('/teams/7/members/8', (app) => void app.use('/teams/:team', inner))).toBe(
      '/teams/:team/members/:member',
    );
  });

  it('a router that passes on leaves nothing behind', async () => {
    const configure = (app: Express) => {
      const passing = makeRouter();
      passing.use('/7', (_request, _response, next) => next());
      app.use('/users', passing);
      app.get('/users/:id', answer);
    };
    expect(await routeOf('/users/7', configure)).toBe('/users/:id');
  });

  it('a route that passes on is not the one that answers', async () => {
    const configure = (app: Express) => {
      app.get('/users/:id', (_request, _response, next) => next('route'), answer);
      app.get('/users/:name', answer);
    };
    expect(await routeOf('/users/7', configure)).toBe('/users/:name');
  });

  it('a parameter that is looked up meanwhile does not take the path of another request', async () => {
    const app = make();
    app.use(monitorExpress());
    const router = makeRouter();
    router.get('/end', answer);
    app.param('id', (_request, _response, next) => void setTimeout(next, 20));
    app.use(['/a/:id', '/b/:id'], router);
    const port = await recorded.serve(createServer(app));
    await Promise.all([ask(port, '/a/1/end'), ask(port, '/b/2/end')]);
    const routes = (await recorded.outcomes(2)).map((outcome) => outcome['http.route']);
    expect(routes.sort()).toEqual(['/a/:id/end', '/b/:id/end']);
  });

  it('used inside of a mounted router it tells what it can see', async () => {
    const app = make();
    const router = makeRouter();
    router.use(monitorExpress());
    router.get('/items/:id', answer);
    app.use('/late/:a', router);
    const port = await recorded.serve(createServer(app));
    await ask(port, '/late/1/items/2');
    const [{ 'http.route': route } = {}] = await recorded.outcomes();
    // the first request of a process comes into view there; from then on all layers are watched
    expect(['/*/items/:id', '/late/:a/items/:id']).toContain(route);
  });

  it('an error of app.param counts where an error handler follows', async () => {
    const app = make();
    app.use(monitorExpress());
    app.param('id', (_request, _response, next) => next(new RangeError('no such id')));
    app.get('/users/:id', answer);
    app.use(((_error, _request, response, _next) => void response.status(500).end()) as ErrorRequestHandler);
    const port = await recorded.serve(createServer(app));
    await ask(port, '/users/7');
    expect(await recorded.outcomes()).toMatchObject([{ 'error.type': 'RangeError' }]);
  });

  it('an error handler that fails itself tells its own error', async () => {
    const app = make();
    app.set('env', 'test');
    app.use(monitorExpress());
    app.get('/', () => {
      throw new RangeError('first');
    });
    app.use((() => {
      throw new SyntaxError('second');
    }) as unknown as ErrorRequestHandler);
    app.use(((_error, _request, _response, _next) => {
      throw new SyntaxError('second');
    }) as ErrorRequestHandler);
    const port = await recorded.serve(createServer(app));
    await ask(port, '/');
    expect(await recorded.outcomes()).toMatchObject([
      { 'error.type': 'SyntaxError', 'http.response.status_code': 500 },
    ]);
  });

  it('no path gets on a metric, whatever is asked', async () => {
    const app = make();
    app.set('env', 'test');
    app.use(monitorExpress());
    const router = makeRouter();
    router.get('/members/:member', answer);
    router.get('/members/:member/:kind', answer);
    app.use('/teams/:team', router);
    app.get(`/files/${splat}`, answer);
    app.get('/users/:id', answer);
    app.use('/open', answer);
    const port = await recorded.serve(createServer(app));
    const segment = fc.oneof(
      fc.constantFrom('teams', 'TEAMS', 'members', 'files', 'users', 'open', '', '..', '%2F', '%', ':team', '*'),
      fc.string({ maxLength: 8 }).map(encodeURIComponent),
    );
    const path = fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`);
    let count = 0;
    await fc.assert(
      fc.asyncProperty(path, async (asked) => {
        count += 1;
        await ask(port, asked);
      }),
      { numRuns: 300 },
    );
    const known = [
      '/teams/:team/members/:member',
      '/teams/:team/members/:member/:kind',
      `/files/${splat}`,
      '/users/:id',
    ];
    for (const outcome of await recorded.outcomes(count))
      expect([undefined, ...known]).toContain(outcome['http.route']);
  });
});
