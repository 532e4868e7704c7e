interface PanelHtmlOptions {
  /** Fresh for every load. */
  readonly nonce: string;
  /** Source expression under which styles and fonts are served, such as `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

/**
 * The panel's page: nothing but our own script, style sheet and icon font may load, and nothing of the target
 * is in it. By the id of the style sheet the icons of buttons find their font. What it shows arrives in messages and is rendered as text.
 */
export function panelHtml({ nonce, cspSource, scriptUri, styleUri }: PanelHtmlOptions): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${styleUri}">
  <title>Leakline</title>
</head>
<body>
  <script nonce="${nonce}" src="${scriptUri}"></script>
</body>
</html>`;
}
