module.exports = ({ Hono }, { serve }, ask) => {
  const app = new Hono();
  app.use(async (_context, next) => next());
  app.use('/users/*', async (_context, next) => next());
  const users = new Hono();
  users.get('/:id', (context) => context.json({ found: true }));
  app.route('/users', users);
  app.get('/', (context) => context.text('home'));
  return ask(serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }), ['/users/7', '/', '/nowhere']);
};
