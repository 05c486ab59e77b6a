/** The page's frame: nothing may be loaded but our own script and style, and no text is ever markup. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export function reachHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (...path: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language.replace(/[^A-Za-z-]/g, '')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${nonce}" href="${uri('media', 'reach.css')}">
<title>Docker Networks</title>
</head>
<body></body>
<script nonce="${nonce}" src="${uri('dist', 'webview', 'reach.js')}"></script>
</html>`;
}
