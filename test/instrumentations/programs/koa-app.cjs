module.exports = (Koa, Router, ask) => {
  const app = new Koa();
  const users = new Router({ prefix: '/users' });
  users.get('/:id', (context) => {
    context.body = { found: true };
  });
  const home = new Router();
  home.get('/', (context) => {
    context.body = 'home';
  });
  app.use(users.routes()).use(home.routes());
  return ask(app.listen(0, '127.0.0.1'), ['/users/7', '/', '/nowhere']);
};
