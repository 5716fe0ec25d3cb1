module.exports = (express, ask) => {
  const app = express();
  const users = express.Router();
  users.get('/:id', (_request, response) => response.json({ found: true }));
  app.use('/users', users);
  app.get('/', (_request, response) => response.send('home'));
  return ask(app.listen(0, '127.0.0.1'), ['/users/7', '/', '/nowhere']);
};
