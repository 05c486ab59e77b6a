/** Path arithmetic on what files are known by: URIs (`file:///a/b`, `vscode-remote://…`) and plain paths alike. */

export function dirname(file: string): string {
  const cut = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
  return cut < 0 ? '.' : file.slice(0, cut);
}

export function basename(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** `relative` seen from `directory`; absolute paths stay within the directory's scheme and authority. */
export function join(directory: string, relative: string): string {
  const root = /^[a-z][a-z0-9+.-]+:\/\/[^/]*/i.exec(directory)?.[0] ?? '';
  const slashed = relative.replaceAll('\\', '/');
  const path = slashed.startsWith('/') ? slashed : `${directory.slice(root.length)}/${slashed}`;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || part === '') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  const rooted = root !== '' || path.startsWith('/');
  return `${root}${rooted ? '/' : ''}${parts.join('/')}`;
}
