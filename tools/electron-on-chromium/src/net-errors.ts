/** Chromium's numbers for the network errors a desktop app meets; the protocol gives only their names. */
const codes: Record<string, number> = {
  ERR_FAILED: -2, ERR_ABORTED: -3, ERR_FILE_NOT_FOUND: -6, ERR_TIMED_OUT: -7, ERR_UNEXPECTED: -9, ERR_ACCESS_DENIED: -10,
  ERR_BLOCKED_BY_CLIENT: -20, ERR_BLOCKED_BY_RESPONSE: -27, ERR_BLOCKED_BY_CSP: -30, ERR_CONNECTION_CLOSED: -100,
  ERR_CONNECTION_RESET: -101, ERR_CONNECTION_REFUSED: -102, ERR_NAME_NOT_RESOLVED: -105, ERR_INTERNET_DISCONNECTED: -106,
  ERR_SSL_PROTOCOL_ERROR: -107, ERR_ADDRESS_UNREACHABLE: -109, ERR_CERT_COMMON_NAME_INVALID: -200, ERR_CERT_DATE_INVALID: -201,
  ERR_CERT_AUTHORITY_INVALID: -202, ERR_INVALID_URL: -300, ERR_UNKNOWN_URL_SCHEME: -302, ERR_TOO_MANY_REDIRECTS: -310,
  ERR_UNSAFE_PORT: -312, ERR_EMPTY_RESPONSE: -324,
}

/** @param text as the protocol gives it, such as `net::ERR_FAILED` */
export function netError(text: string): { code: number; name: string } {
  const name = text.replace(/^net::/, '')
  return { code: codes[name] ?? -2, name }
}

/** What loadURL() rejects with. */
export function loadError(text: string, url: string): Error {
  const { code, name } = netError(text)
  return Object.assign(new Error(`${name} (${code}) loading '${url}'`), { errno: code, code: name, url })
}
