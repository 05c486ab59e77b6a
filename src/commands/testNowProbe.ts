/** Trying a connection for real: the script that runs beside the source's process, and what its words mean. */

/** One address to try; `host` is a name or an address, never part of a script's text. */
export interface ProbeTarget {
  readonly host: string;
  readonly port: number;
}

/**
 * `answered` with data; `connected` but silent; `refused` by the target's kernel; `unresolved` name; `unreachable` by
 * routing; `timeout`: nothing came back; `no-tool`: nothing on board to try with.
 */
export type Outcome = 'answered' | 'connected' | 'refused' | 'unresolved' | 'unreachable' | 'timeout' | 'no-tool';

/** Seconds one tool may take. */
export const toolSeconds = 3;
/** Milliseconds after which a whole probe is given up: three tools, one after another, and the engine's own time. */
export const probeDeadline = 15_000;

/**
 * Host, port and seconds come as positional parameters, so nothing a container is called becomes part of the script.
 * Each tool that is there prints `tool|exit code|first words`; the first that gets through ends it.
 */
const script = `
h=$1; p=$2; t=$3; b=$h
case $h in *:*) b="[$h]";; esac
has() { command -v "$1" >/dev/null 2>&1; }
say() { printf '%s|%s|%s\\n' "$1" "$2" "$(printf '%s' "$3" | tr '\\n|' '  ' | cut -c1-200)"; }
if has curl; then o=$(curl -sSg -m "$t" -o /dev/null -w 'http %{http_code}' "http://$b:$p/" 2>&1); c=$?; say curl $c "$o"; [ $c = 0 ] && exit; fi
if has wget; then o=$(wget -T "$t" -O /dev/null "http://$b:$p/" 2>&1); c=$?; say wget $c "$o"; [ $c = 0 ] && exit; fi
if has nc; then o=$(printf 'HEAD / HTTP/1.0\\r\\n\\r\\n' | nc -w "$t" "$h" "$p" 2>&1); c=$?; say nc $c "$o"; [ $c = 0 ] && exit; fi
if has bash; then o=$(bash -c 'exec 3<>/dev/tcp/"$1"/"$2"' x "$h" "$p" 2>&1 & w=$!; (sleep "$t"; kill $w) 2>/dev/null & wait $w); c=$?; say bash $c "$o"; fi
if has getent; then o=$(getent hosts "$h" 2>&1); say getent $? "$o"; fi
`;

export function probeCommand({ host, port }: ProbeTarget): readonly string[] {
  return ['sh', '-c', script, 'probe', host, String(port), String(toolSeconds)];
}

const order: readonly Outcome[] = ['answered', 'connected', 'refused', 'unresolved', 'unreachable', 'timeout'];

/** Reads the script's lines; the best news of all tools counts. */
export function outcomeOf(output: string): { readonly outcome: Outcome; readonly tool: string } {
  let best: { outcome: Outcome; tool: string } | undefined;
  for (const line of output.split('\n')) {
    const [, tool, code, words] = /^(curl|wget|nc|bash)\|(\d+)\|(.*)$/.exec(line) ?? [];
    if (tool === undefined) continue;
    const outcome = readTool(tool, Number(code), words ?? '');
    if (best === undefined || order.indexOf(outcome) < order.indexOf(best.outcome)) best = { outcome, tool };
  }
  return best ?? { outcome: 'no-tool', tool: '' };
}

function readTool(tool: string, code: number, words: string): Outcome {
  if (/refused/i.test(words)) return 'refused';
  if (/bad address|not known|resolve|name or service|temporary failure/i.test(words)) return 'unresolved';
  if (/unreachable|no route/i.test(words)) return 'unreachable';
  if (
    /server returned error|response|empty reply|received http|unsupported protocol|http [1-5]\d\d|ERROR \d{3}/i.test(
      words,
    )
  )
    return 'answered';
  if (/timed? ?out/i.test(words)) return 'timeout';
  // curl: 6 no such name, 7 no connection, 28 too late; anything else happens on an open connection.
  if (tool === 'curl' && code !== 0)
    return code === 6 ? 'unresolved' : code === 7 ? 'refused' : code === 28 ? 'timeout' : 'answered';
  if (code !== 0) return 'timeout';
  return tool === 'nc' && words.trim() === '' ? 'connected' : tool === 'bash' ? 'connected' : 'answered';
}
