import { createHash, type KeyObject, type X509Certificate } from 'node:crypto'
import { checkServerIdentity, type TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'
import type { ConnectionWatch } from './json-connections.ts'

/**
 * Thrown when no connection came about, so that nothing of a request has left. It is the only proof of that: once a
 * connection stands, whoever is in between can bring about any error there is, also one of TLS.
 */
export class NotConnectedError extends Error {
  readonly finding: 'network' | 'tls' | CertificateFinding
  constructor(finding: NotConnectedError['finding'], options?: ErrorOptions) {
    super(`no connection to the gateway: ${finding}`, options)
    this.name = 'NotConnectedError'
    this.finding = finding
  }
}

type CertificateFinding = 'pin' | 'weak' | 'host' | 'dates' | 'missing'

export interface PinnedConnectorOptions {
  /** SHA-256 of the certificate's SubjectPublicKeyInfo in base64 (RFC 7469 §2.4); any one of them must match. */
  readonly pins: readonly string[]
  /** True where the certificate must also chain to a trusted root; false for the sandbox's self-signed one. */
  readonly mustChain: boolean
  readonly now: () => number
  /** Told of every connection that stands, and of whoever answered and is not the gateway. */
  readonly watch?: Pick<ConnectionWatch, 'connected' | 'refused'> | undefined
}

/**
 * Connects with TLS 1.3 and hands the connection out only if the certificate carries a pinned key that is strong, names the host and is
 * within its dates. Sessions are not resumed, because a resumed one shows no certificate.
 */
export function createPinnedConnector({ pins, mustChain, now, watch }: PinnedConnectorOptions): buildConnector.connector {
  const connect = buildConnector({
    minVersion: 'TLSv1.3',
    rejectUnauthorized: mustChain,
    maxCachedSessions: 0,
    timeout: 5_000,
    allowH2: false,
  })
  return (options, callback) => {
    connect(options, (error, socket) => {
      if (error || !socket) {
        const found = findingOf(error)
        if (found === 'tls') watch?.refused(options.hostname)
        return callback(new NotConnectedError(found, { cause: error }), null)
      }
      // The socket gives its certificate away once.
      const certificate = (socket as TLSSocket).getPeerX509Certificate?.()
      const finding = certificate ? faultIn(certificate, options.hostname, pins, now()) : 'missing'
      if (certificate && !finding) {
        watch?.connected(factsOf(socket as TLSSocket, certificate, options.hostname))
        return callback(null, socket)
      }
      socket.destroy()
      watch?.refused(options.hostname)
      callback(new NotConnectedError(finding ?? 'missing'), null)
    })
  }
}

/** Node's codes for a chain or a protocol that it refuses, as a stranger's would be. */
function findingOf(error: unknown): 'network' | 'tls' {
  const code = (error as { code?: unknown } | null)?.code
  const isTls = typeof code === 'string' && /^(CERT_|ERR_TLS_CERT|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(code)
  return isTls ? 'tls' : 'network'
}

function faultIn(
  certificate: X509Certificate,
  host: string,
  pins: readonly string[],
  nowMs: number,
): CertificateFinding | null {
  if (!pins.includes(pinOf(certificate))) return 'pin'
  if (isWeak(certificate.publicKey)) return 'weak'
  if (checkServerIdentity(host, certificate.toLegacyObject())) return 'host'
  const isCurrent = nowMs >= Date.parse(certificate.validFrom) && nowMs <= Date.parse(certificate.validTo)
  return isCurrent ? null : 'dates'
}

/** RFC 7469 §2.4. */
function pinOf(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.publicKey.export({ type: 'spki', format: 'der' })).digest('base64')
}

/** What was negotiated, as the socket tells it. */
function factsOf(socket: TLSSocket, certificate: X509Certificate, host: string): Parameters<ConnectionWatch['connected']>[0] {
  return {
    host,
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    pin: pinOf(certificate),
    validTo: new Date(certificate.validTo).toISOString(),
    isChained: socket.authorized,
  }
}

/** Less than 112 bits of strength (NIST SP 800-57 part 1, table 2): pinned or not, others may find it. TLS 1.3 has no weak curves. */
function isWeak({ asymmetricKeyDetails }: KeyObject): boolean {
  return (asymmetricKeyDetails?.modulusLength ?? Number.POSITIVE_INFINITY) < 2048
}
