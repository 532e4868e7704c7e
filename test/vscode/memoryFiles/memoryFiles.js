const vscode = require('vscode');

const { Directory, File } = vscode.FileType;
const files = new Map([['/project/app.js', Buffer.from('// On no disk\n')]]);
const folders = new Map([
  ['/', [['project', Directory]]],
  ['/project', [['app.js', File]]],
]);

function entry(map, uri) {
  const found = map.get(uri.path);
  if (!found) throw vscode.FileSystemError.FileNotFound(uri);
  return found;
}

function refuse(uri) {
  throw vscode.FileSystemError.NoPermissions(uri);
}

exports.activate = ({ subscriptions }) => {
  const provider = {
    onDidChangeFile: () => new vscode.Disposable(() => {}),
    watch: () => new vscode.Disposable(() => {}),
    stat(uri) {
      const times = { ctime: 0, mtime: 0 };
      if (folders.has(uri.path)) return { type: Directory, size: 0, ...times };
      return { type: File, size: entry(files, uri).length, ...times };
    },
    readDirectory: (uri) => entry(folders, uri),
    readFile: (uri) => entry(files, uri),
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider('memory', provider, { isReadonly: true }),
  );
};
