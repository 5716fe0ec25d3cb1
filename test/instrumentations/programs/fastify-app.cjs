module.exports = async (fastify, ask) => {
  const app = fastify();
  app.get('/', async () => 'home');
  app.register(async (users) => users.get('/:id', async () => ({ found: true })), { prefix: '/users' });
  await app.listen({ port: 0, host: '127.0.0.1' });
  await ask(app.server, ['/users/7', '/', '/nowhere']);
  await app.close();
};
