/** How an engine is started on this machine: a program with fixed arguments, nothing of them from data. */

export interface StartWay {
  readonly program: string;
  readonly args: readonly string[];
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  readonly hasSystemd: boolean;
}

/** How the engine behind an address is started on this machine; undefined when it does not run here. */
export function startWay(url: string | undefined, { platform, isRoot, hasSystemd }: Machine): StartWay | undefined {
  if (url !== undefined && !url.startsWith('unix:') && !url.startsWith('npipe:')) return undefined;
  const socket = url ?? '';
  if (platform === 'darwin') return { program: '/usr/bin/open', args: ['-a', macApplication(socket)] };
  if (platform === 'win32')
    return {
      program: 'powershell.exe',
      args: ['-NoProfile', '-Command', 'Start-Process "$env:ProgramFiles\\Docker\\Docker\\Docker Desktop.exe"'],
    };
  const userUnit = userUnitOf(socket);
  if (userUnit) return { program: 'systemctl', args: ['--user', 'start', userUnit] };
  const unit = socket.includes('podman') ? 'podman.socket' : 'docker';
  const start = hasSystemd ? ['systemctl', 'start', unit] : ['service', 'docker', 'start'];
  const [program = 'systemctl', ...args] = isRoot ? start : ['sudo', ...start];
  return { program, args };
}

function macApplication(socket: string): string {
  if (socket.includes('orbstack')) return 'OrbStack';
  if (socket.includes('.rd/')) return 'Rancher Desktop';
  if (socket.includes('podman')) return 'Podman Desktop';
  return 'Docker';
}

/** Engines of one user run as that user's units. */
function userUnitOf(socket: string): string | undefined {
  if (socket.includes('/.docker/desktop/')) return 'docker-desktop';
  if (!/\/run\/user\/\d+\//.test(socket)) return undefined;
  return socket.includes('podman') ? 'podman.socket' : 'docker';
}
