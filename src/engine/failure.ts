/** From what Node, TLS and HTTP say to the kinds a person is told about. */
import { EngineError } from '#engine/errors';
import { asObject, asText } from '#engine/raw';
import type { EngineErrorKind } from '#engine/types';

const bySystemCode: Readonly<Record<string, EngineErrorKind>> = {
  ENOENT: 'missing',
  ENOTFOUND: 'missing',
  EAI_AGAIN: 'missing',
  EHOSTUNREACH: 'missing',
  ENETUNREACH: 'missing',
  ENOTSOCK: 'missing',
  ECONNREFUSED: 'refused',
  EACCES: 'permission',
  EPERM: 'permission',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'cut-off',
  EPIPE: 'cut-off',
  ERR_STREAM_PREMATURE_CLOSE: 'cut-off',
  EPROTO: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
  ABORT_ERR: 'closed',
};

/** OpenSSL's names of certificate trouble (`man verify`), as Node puts them into `code`. */
const certificate =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|ERR_SSL_|ERR_TLS_|ERR_OSSL_)/;

/** A failure before or during an answer, as an `EngineError` with the system's own words. */
export function fromSystem(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const code = asText((error as { code?: unknown } | null)?.code);
  const words = error instanceof Error ? error.message : String(error);
  const detail = words === '' ? code : words;
  // An HTTP request spoken to a TLS port, or an answer that is no HTTP at all.
  if (code.startsWith('HPE_')) return new EngineError('not-an-engine', detail);
  if (certificate.test(code)) return new EngineError('tls', `${detail} (${code})`);
  // A peer that closes before it answers: Node says `socket hang up`, with the code ECONNRESET.
  return new EngineError((Object.hasOwn(bySystemCode, code) ? bySystemCode[code] : undefined) ?? 'cut-off', detail);
}

/** An answer that refuses, with the engine's own words (`{"message": …}`; Podman adds `cause`). */
export function fromStatus(status: number, body: unknown, text: string): EngineError {
  const detail =
    asText(asObject(body).message) || asText(asObject(body).cause) || text.trim().slice(0, 2000) || `HTTP ${status}`;
  return new EngineError(kindOfStatus(status), detail, status);
}

function kindOfStatus(status: number): EngineErrorKind {
  if (status === 400 || status === 406) return 'bad-request';
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  if (status >= 500) return 'server';
  return status >= 300 && status < 400 ? 'not-an-engine' : 'bad-request';
}
