interface PanelHtmlOptions {
  /** Fresh for every load. */
  readonly nonce: string;
  /** Source expression under which styles and fonts are served, such as `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** As BCP 47 has it; what is read out is in this language. */
  readonly language: string;
  /** Translations by what they translate; none for English. */
  readonly translations: Readonly<Record<string, unknown>>;
}

/**
 * The panel's page: nothing but our own script, style sheet and icon font may load, and nothing of the
 * target is in it. By the id of the style sheet the icons of buttons find their font. What it shows
 * arrives in messages and is rendered as text. The translations are a block of data, which browsers
 * do not run.
 */
export function panelHtml(options: PanelHtmlOptions): string {
  const { nonce, cspSource, scriptUri, styleUri, language, translations } = options;
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${styleUri}">
  <title>Leakline</title>
</head>
<body>
  <script type="application/json" id="translations">${inertJson(translations)}</script>
  <script nonce="${nonce}" src="${scriptUri}"></script>
</body>
</html>`;
}

/** Without `<`, nothing in it ends the element that it stands in. */
function inertJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
