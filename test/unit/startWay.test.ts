import { describe, expect, it } from 'vitest';
import { type Machine, startWay } from '#commands/startWay';

const linux: Machine = { platform: 'linux', isRoot: false, hasSystemd: true };
const line = (url: string | undefined, machine: Machine): string | undefined => {
  const way = startWay(url, machine);
  return way && [way.program, ...way.args].join(' ');
};

describe('the way to start an engine', () => {
  it.each([
    ['unix:///var/run/docker.sock', linux, 'sudo systemctl start docker'],
    [undefined, linux, 'sudo systemctl start docker'],
    ['unix:///var/run/docker.sock', { ...linux, isRoot: true }, 'systemctl start docker'],
    ['unix:///var/run/docker.sock', { ...linux, hasSystemd: false }, 'sudo service docker start'],
    ['unix:///run/podman/podman.sock', linux, 'sudo systemctl start podman.socket'],
    ['unix:///run/user/1000/podman/podman.sock', linux, 'systemctl --user start podman.socket'],
    ['unix:///run/user/1000/docker.sock', linux, 'systemctl --user start docker'],
    ['unix:///home/me/.docker/desktop/docker.sock', linux, 'systemctl --user start docker-desktop'],
    ['unix:///Users/me/.docker/run/docker.sock', { ...linux, platform: 'darwin' as const }, '/usr/bin/open -a Docker'],
    [
      'unix:///Users/me/.orbstack/run/docker.sock',
      { ...linux, platform: 'darwin' as const },
      '/usr/bin/open -a OrbStack',
    ],
  ])('%s', (url, machine, expected) => {
    expect(line(url, machine)).toBe(expected);
  });

  it.each(['tcp://10.0.0.1:2376', 'ssh://me@there'])('is none for %s, which runs elsewhere', (url) => {
    expect(startWay(url, linux)).toBeUndefined();
  });
});
