// Asks a server of this process by plain sockets, so that no client makes a span, prints what it answers, and closes it.
const { connect } = require('node:net');

module.exports = async (server, paths) => {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  for (const path of paths) console.log(await answer(port, path));
  server.close();
};

function answer(port, path) {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    });
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => resolve(`${path} ${text.split(' ')[1]}`));
    socket.on('error', reject);
  });
}
