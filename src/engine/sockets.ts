/** The well-known local sockets: where Docker, its desktop relatives and Podman listen by default. */
import { join, type Machine } from '#engine/endpoints';
import type { EndpointSpec } from '#engine/types';

interface Candidate {
  readonly label: string;
  readonly path: string;
}

/** The sockets that are there, each once (links to one another are common), Docker's default first. */
export async function discoverSockets(machine: Machine): Promise<readonly EndpointSpec[]> {
  const candidates = candidateSockets(machine);
  const real = await Promise.all(candidates.map((candidate) => machine.socket(candidate.path)));
  const seen = new Set<string>();
  const specs: EndpointSpec[] = [];
  candidates.forEach((candidate, index) => {
    const path = real[index];
    if (path === undefined || seen.has(path)) return;
    seen.add(path);
    specs.push({
      id: `socket:${candidate.path}`,
      label: candidate.label,
      url:
        machine.platform === 'win32' ? `npipe://${candidate.path.replaceAll('\\', '/')}` : `unix://${candidate.path}`,
      source: 'socket',
    });
  });
  return specs;
}

/** Every place looked at, in the order of preference. Product names are not translated. */
export function candidateSockets(machine: Pick<Machine, 'platform' | 'env' | 'home' | 'uid'>): readonly Candidate[] {
  const at = (...parts: string[]): string => join(machine, machine.home, ...parts);
  if (machine.platform === 'win32')
    return [
      { label: 'Docker', path: '\\\\.\\pipe\\docker_engine' },
      { label: 'Docker Desktop', path: '\\\\.\\pipe\\dockerDesktopLinuxEngine' },
      { label: 'Podman', path: '\\\\.\\pipe\\podman-machine-default' },
    ];
  const runtime =
    machine.env.XDG_RUNTIME_DIR ||
    (machine.platform === 'linux' && machine.uid !== undefined ? `/run/user/${machine.uid}` : '');
  return [
    { label: 'Docker', path: '/var/run/docker.sock' },
    ...(runtime === '' ? [] : [{ label: 'Docker (rootless)', path: `${runtime}/docker.sock` }]),
    // Docker Desktop: macOS, Linux, and versions before 4.13.
    { label: 'Docker Desktop', path: at('.docker', 'run', 'docker.sock') },
    { label: 'Docker Desktop', path: at('.docker', 'desktop', 'docker.sock') },
    { label: 'Colima', path: at('.colima', 'default', 'docker.sock') },
    { label: 'Colima', path: at('.config', 'colima', 'default', 'docker.sock') },
    { label: 'Colima', path: at('.colima', 'docker.sock') },
    { label: 'OrbStack', path: at('.orbstack', 'run', 'docker.sock') },
    { label: 'Rancher Desktop', path: at('.rd', 'docker.sock') },
    { label: 'Podman', path: '/run/podman/podman.sock' },
    ...(runtime === '' ? [] : [{ label: 'Podman (rootless)', path: `${runtime}/podman/podman.sock` }]),
    { label: 'Podman', path: at('.local', 'share', 'containers', 'podman', 'machine', 'podman.sock') },
    { label: 'Podman', path: at('.local', 'share', 'containers', 'podman', 'machine', 'qemu', 'podman.sock') },
  ];
}
