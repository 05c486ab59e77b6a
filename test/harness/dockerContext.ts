/** A configuration folder of Docker's command line with one context, so that discovery finds another engine. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `folder` is what DOCKER_CONFIG names; a context is kept below the hash of its name. */
export function writeContext(folder: string, name: string, url: string): void {
  const meta = join(folder, 'contexts', 'meta', createHash('sha256').update(name).digest('hex'));
  mkdirSync(meta, { recursive: true });
  const context = { Name: name, Metadata: {}, Endpoints: { docker: { Host: url, SkipTLSVerify: false } } };
  writeFileSync(join(meta, 'meta.json'), JSON.stringify(context));
}
