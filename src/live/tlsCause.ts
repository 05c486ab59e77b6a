/** Whose certificate is at fault, told apart by OpenSSL's words as Node passes them on. */

/**
 * `client-…`: the engine sent an alert about our certificate (RFC 8446, section 6). The others are our own check of the
 * engine's certificate, which sends an alert and gets none.
 */
export type TlsCause =
  | 'client-missing'
  | 'client-expired'
  | 'client-rejected'
  | 'expired'
  | 'other-name'
  | 'unknown-authority'
  | 'other';

/** `detail` is the message of the error: `… tlsv13 alert certificate required … SSL alert number 116`, `certificate has expired`, … */
export function tlsCause(detail: string): TlsCause {
  if (/\balert\b/i.test(detail)) {
    if (/certificate required|alert number 116\b/i.test(detail)) return 'client-missing';
    if (/certificate expired|alert number 45\b/i.test(detail)) return 'client-expired';
    if (/certificate|unknown ca|access denied|alert number (4[2-6]|48|49)\b/i.test(detail)) return 'client-rejected';
    return 'other';
  }
  if (/expired/i.test(detail)) return 'expired';
  if (/altnames|hostname|does not match/i.test(detail)) return 'other-name';
  return /self.signed|unable to (get|verify)|issuer|unknown ca/i.test(detail) ? 'unknown-authority' : 'other';
}
