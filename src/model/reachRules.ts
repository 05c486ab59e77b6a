/**
 * Every rule that decides who reaches whom, by id: a closed union that the views put into words.
 *
 * The text beside each id names the engine versions it was probed on ("all": Docker 20.10, 26, 28 and Podman 4.3, 5.4,
 * 5.8, 6.1). A rule marked "documented" was not probed: it says only what the engine's own documentation promises.
 */
export const rules = {
  /** Members of one user-defined or default bridge talk over it, on any port. */
  'same-network': 'all',
  /** Members of one macvlan network talk as if on one switch. */
  'same-macvlan': 'Docker 26, 28; Podman 4.3–6.1',
  /** Members of one ipvlan network; the kernel here has no ipvlan. */
  'same-ipvlan': 'documented',
  /** Members of one overlay, also across nodes. */
  'same-overlay': 'Docker 20.10, 26, 28 (one node)',
  /** Network mode `container:X`: one network stack, so localhost is shared. */
  'shared-stack': 'all',
  /** A container's own address, asked from itself. */
  'own-address': 'all',
  /** Both use the host's network stack. */
  'host-stack': 'all',
  /** The host has an address on every bridge, so it reaches any container address on it, published or not. */
  'host-on-bridge': 'all',
  /** A published port answers on the host's addresses. */
  'published-on-host': 'all',
  /** A published port asked for by a container, through the host (Docker: by the userland proxy, on by default). */
  'published-through-host': 'Docker 20.10, 26, 28; Podman where forwarding allows it',
  /** A published port asked for from the LAN. */
  'published-to-lan': 'all',
  /** A bridge's gateway is the host: what listens on all the host's addresses answers there. */
  'gateway-is-host': 'all',
  /** The host's own LAN address, through the default gateway. */
  'host-address': 'all',
  /** Masquerading: the way out of a bridge that is not internal. */
  'masquerade-out': 'all',
  /** A macvlan or ipvlan endpoint is a machine on the LAN of its own. */
  'on-the-lan': 'Docker 26, 28; Podman 4.3–6.1',
  /** The host's own way out. */
  'host-out': 'all',
  /** The host or a host-mode container asked from the LAN. */
  'host-from-lan': 'all',
  /** Docker before 27 filters IPv4 only: bridges reach each other over IPv6. */
  'ipv6-unfiltered': 'Docker 20.10, 26',
  /** Podman before 6 forwards between its default network and any other. */
  'podman-open-bridges': 'Podman 4.3, 5.4, 5.8',
  /** Gateway mode `routed`: published ports answer at the container's own address, from everywhere. */
  'routed-published': 'Docker 28',

  /** The source does not run. */
  'source-stopped': 'all',
  /** The source is paused: it sends nothing. */
  'source-paused': 'all',
  /** The target does not run: no address, no name, no port. */
  'target-stopped': 'all',
  /** The target is paused: the kernel completes the handshake, the process says nothing. */
  'target-paused': 'all',
  /** The target is between two starts: it has no address now. */
  'target-restarting': 'all',
  /** Network mode none: nothing but its own localhost. */
  'mode-none': 'all',
  /** The container whose stack is shared is gone or stopped: only localhost is left. */
  'owner-gone': 'Docker 20.10, 26, 28',
  /** No network in common: the engine drops traffic between bridges. */
  'other-network': 'all (Podman: networks made through the Docker API; from 6.1 every network)',
  /** `enable_icc=false` drops traffic between members; Podman does not enforce it. */
  'icc-disabled': 'Docker 20.10, 26, 28',
  /** Every network of the source is internal: no way out. */
  'internal-source': 'all',
  /** The target's network is internal: no way in. */
  'internal-target': 'all',
  /** A port published by a container whose networks are all internal has no effect. */
  'published-internal': 'all',
  /** Docker publishes on the network of the default route: a macvlan there publishes nothing. */
  'published-gateway-elsewhere': 'Docker 28',
  /** The target is on the asker's LAN by macvlan too, and answers there: its answer comes from the wrong address. */
  'replies-elsewhere': 'Docker 20.10',
  /** Published on a loopback address: only the host itself. */
  'published-loopback': 'all',
  /** Nothing (or not this port) is published. */
  'not-published': 'all',
  /** The port is published on another address family or on one address only. */
  'published-elsewhere': 'all',
  /** An internal network's traffic to a published port is rewritten first and then dropped. */
  'internal-to-published': 'all',
  /** An internal network reaches the host at its own gateway only (before Docker 26 also at its LAN address). */
  'internal-host-address': 'Docker 26, 28; Podman 4.3–6.1',
  /** The kernel keeps a macvlan (or ipvlan) child and its own host apart. */
  'macvlan-host': 'all',
  /** Between a macvlan network and bridges of the same host nothing is forwarded. */
  'macvlan-bridge': 'all',
  /** `macvlan_mode=private`: members do not see each other. */
  'macvlan-private': 'documented',
  /** A macvlan network without a parent interface hangs on a dummy device: no LAN. */
  'macvlan-no-parent': 'documented',
  /** An overlay's addresses exist for its members only. */
  'overlay-members-only': 'Docker 20.10, 26, 28',
  /** Gateway mode `isolated`: no address of the host on the bridge. */
  'gateway-isolated': 'Docker 28',
  /** Podman before 4.4 and its later versions do not give a container its own published port back. */
  'podman-no-hairpin': 'Podman 4.3–6.1',
  /** Podman forwards no IPv6 loopback. */
  'podman-no-v6-loopback': 'Podman 4.3–6.1',
  /** Masquerading is off, and from Docker 28 nothing comes back without a port published. */
  'no-masquerade': 'Docker 28',
  /** A machine outside has no route to container addresses. */
  'outside-no-route': 'all',
  /** Rootless: container addresses live in a namespace of their own. */
  'rootless-address': 'Podman rootless',
  /** The engine runs in a virtual machine: container addresses are not routed to this machine. */
  'vm-address': 'documented',
  /** The engine is remote: its container addresses are not routed to this machine. */
  'remote-address': 'documented',
  /** The container or party asked for is not in the snapshot. */
  'not-found': 'all',

  /** The default bridge has no DNS: names need a user-defined network (or the legacy `--link`). */
  'default-bridge-no-names': 'all',
  /** Podman answers no names on macvlan networks. */
  'macvlan-no-names': 'Podman 4.3–6.1',
  /** The host's resolver does not know container names. */
  'host-no-names': 'all',
  /** A container in another's stack is not known by its own name, only by the owner's. */
  'sharer-no-name': 'all',

  /** Depends: a machine on the LAN that routes this subnet through the host gets in. */
  'lan-direct-route': 'Docker 20.10, 26; Podman 4.3–6.1',
  /** Depends: whether Podman isolates these networks is not told by the Docker API. */
  'podman-isolation-unknown': 'Podman 5.8',
  /** Depends: which of several networks Podman forwards a published port to (the first it was started with). */
  'podman-first-network': 'Podman 5.4',
  /** Depends: by which of its networks a container leaves that is on several; Podman documents no order. */
  'podman-default-route': 'Podman 5.4',
  /** Depends: where the engine runs is not known. */
  'where-unknown': 'documented',
  /** Depends: what the virtual machine forwards to this machine. */
  'vm-forwarding': 'documented',
  /** Depends: a firewall or route between this machine and the remote engine. */
  'remote-forwarding': 'documented',
  /** Depends: what stands for the host in a rootless engine (`host.containers.internal`, slirp, pasta). */
  'rootless-host': 'documented',
  /** Depends: the switch outside (`vepa`, `passthru`) or the router of an ipvlan in layer 3. */
  'lan-switch': 'documented',
  /** Depends: a link opens the EXPOSEd ports where `icc` is off on the default bridge. */
  'link-opens-exposed': 'documented',
  /** Depends: masquerading is off, so the LAN must route the subnet back to this host. */
  'no-masquerade-return': 'Docker 20.10, 26; Podman 4.3–6.1',
  /** Depends: the network driver is a plug-in of which nothing is known. */
  'driver-unknown': 'documented',
  /** Depends: the container has a stack of its own of which the engine tells nothing (pasta, slirp4netns). */
  'private-stack': 'documented',
  /** Depends: the mesh leads a service's port to one of its tasks, and the next time to another (no IPVS in the kernel here). */
  'routing-mesh': 'documented',
} as const;

export type RuleId = keyof typeof rules;

/** What a person can do about a rule: with a command where the extension has one. */
export const remedies = {
  'connect-source': 'connectContainer',
  'connect-target': 'connectContainer',
  'create-network': 'createNetwork',
  publish: 'publishPort',
  'publish-wider': 'publishPort',
  start: 'startContainer',
  unpause: undefined,
  'use-name': undefined,
  'use-address': undefined,
  'use-gateway': undefined,
  'use-owner-name': undefined,
  'leave-internal': 'connectContainer',
  'join-bridge': 'connectContainer',
  'recreate-with-network': 'runContainer',
  'restart-owner': 'startContainer',
} as const;

export type RemedyId = keyof typeof remedies;

export type Verdict = 'yes' | 'no' | 'depends';

/** One judgement: a verdict and the rule it stands on. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly rule: RuleId;
  readonly args: Readonly<Record<string, string>>;
}

const nothing: Readonly<Record<string, string>> = {};
export const yes = (rule: RuleId, args = nothing): Judgement => ({ verdict: 'yes', rule, args });
export const no = (rule: RuleId, args = nothing): Judgement => ({ verdict: 'no', rule, args });
export const depends = (rule: RuleId, args = nothing): Judgement => ({ verdict: 'depends', rule, args });

/** One judgement of several ways none of which is known to be taken: they agree, or it depends. */
export function agreed(judgements: readonly Judgement[], otherwise: Judgement): Judgement {
  const [first] = judgements;
  if (first === undefined) return otherwise;
  return judgements.every(({ verdict }) => verdict === first.verdict)
    ? first
    : depends('podman-default-route', first.args);
}
