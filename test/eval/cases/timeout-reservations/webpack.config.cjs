module.exports = {
  mode: 'production',
  target: 'node',
  entry: './src/server.mjs',
  devtool: 'source-map',
  output: { path: __dirname + '/dist', filename: 'server.js', library: { type: 'commonjs2' } },
};
