/** A folder to open when none is named: texts with the tutorial's addresses to hover over, and a Compose file. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const notes = `# Docker Networks

Open the view of the Activity Bar and hover over the addresses in these files.

- web: http://192.168.100.100/
- the gateway of mynet: 192.168.100.254
- an address of mynet that nobody has: 192.168.100.77
`;

const config = `# Settings of an application that runs beside web
UPSTREAM=192.168.100.100:80
DATABASE=192.168.100.1:5432
`;

const compose = `services:
  web:
    image: tiny:1
    ports:
      - "8088:80"
    networks:
      front:
        ipv4_address: 172.30.5.10
  db:
    image: tiny:1
    networks: [back]
  worker:
    image: tiny:1
    networks: [front, back]

networks:
  front:
    ipam:
      config:
        - subnet: 172.30.5.0/24
  back:
    internal: true
`;

/** Makes the folder; the caller removes it. */
export function makeSampleFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'docker-networks-sample-'));
  writeFileSync(join(folder, 'notes.md'), notes);
  writeFileSync(join(folder, 'app.env'), config);
  writeFileSync(join(folder, 'compose.yaml'), compose);
  return folder;
}
