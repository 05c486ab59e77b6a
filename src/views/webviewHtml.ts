/** The frame of a web page: a strict Content-Security-Policy, one script and its style sheets, all by nonce. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** `page` names the script in dist/webview, `styles` the style sheets in media, in their order. */
export function webviewHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  page: string,
  styles: readonly string[],
  title: string,
): string {
  const nonce = randomBytes(16).toString('base64url');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'webview', `${page}.js`));
  const links = styles.map((style) => {
    const uri = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'media', ...style.split('/')));
    return `<link rel="stylesheet" nonce="${nonce}" href="${uri}">`;
  });
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    'img-src blob:',
  ].join('; ');
  return `<!doctype html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${links.join('\n')}
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

/** What the page may load: its script and its style sheets. */
export function webviewRoots(extension: vscode.Uri): readonly vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'dist', 'webview'), vscode.Uri.joinPath(extension, 'media')];
}

const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
