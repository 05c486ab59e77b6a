/** Whose certificate is at fault: messages of Node 24 against dockerd 28 (Go 1.24) and against OpenSSL's own server. */
import { expect, it } from 'vitest';
import { tlsCause } from '#live/tlsCause';

const alert = (words: string, number: number): string =>
  `00A5:error:0A000415:SSL routines:ssl3_read_bytes:${words}:../deps/openssl/ssl/record/rec_layer_s3.c:916:SSL alert number ${number}`;

it.each([
  [alert('tlsv13 alert certificate required', 116), 'client-missing'],
  [alert('ssl/tls alert certificate expired', 45), 'client-expired'],
  [alert('sslv3 alert certificate expired', 45), 'client-expired'],
  [alert('ssl/tls alert bad certificate', 42), 'client-rejected'],
  [alert('sslv3 alert certificate revoked', 44), 'client-rejected'],
  [alert('tlsv1 alert unknown ca', 48), 'client-rejected'],
  [alert('tlsv1 alert access denied', 49), 'client-rejected'],
  [alert('sslv3 alert handshake failure', 40), 'other'],
  [alert('tlsv1 alert protocol version', 70), 'other'],
  ['certificate has expired', 'expired'],
  ["Hostname/IP does not match certificate's altnames: IP: 10.0.0.1 is not in the cert's list: ", 'other-name'],
  ['self-signed certificate in certificate chain', 'unknown-authority'],
  ['unable to verify the first certificate', 'unknown-authority'],
  ['unable to get local issuer certificate', 'unknown-authority'],
  ['wrong version number', 'other'],
])('%s: %s', (detail, cause) => {
  expect(tlsCause(detail)).toBe(cause);
});
