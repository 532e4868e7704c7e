export class Presence {
  online = new Set();

  welcome(socket) {
    this.online.add(socket);
    socket.setEncoding('utf8');
    socket.on('data', (line) => this.greet(socket, line.trim()));
    socket.on('error', () => socket.destroy());
  }

  greet(socket, name) {
    socket.name = name;
    const others = [...this.online].filter((other) => !other.destroyed);
    socket.write(`hello ${name}, ${others.length} online\n`);
  }
}
