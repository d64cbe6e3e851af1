import { createHash, type KeyObject } from 'node:crypto'
import { checkServerIdentity, type TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'

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
}

/**
 * Connects with TLS 1.3 and hands the connection out only if the certificate carries a pinned key that is strong, names the host and is
 * within its dates. Sessions are not resumed, because a resumed one shows no certificate.
 */
export function createPinnedConnector({ pins, mustChain, now }: PinnedConnectorOptions): buildConnector.connector {
  const connect = buildConnector({
    minVersion: 'TLSv1.3',
    rejectUnauthorized: mustChain,
    maxCachedSessions: 0,
    timeout: 5_000,
    allowH2: false,
  })
  return (options, callback) => {
    connect(options, (error, socket) => {
      if (error || !socket) return callback(new NotConnectedError(findingOf(error), { cause: error }), null)
      const finding = faultIn(socket as TLSSocket, options.hostname, pins, now())
      if (!finding) return callback(null, socket)
      socket.destroy()
      callback(new NotConnectedError(finding), null)
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
  socket: TLSSocket,
  host: string,
  pins: readonly string[],
  nowMs: number,
): CertificateFinding | null {
  const certificate = socket.getPeerX509Certificate?.()
  if (!certificate) return 'missing'
  const { publicKey } = certificate
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  if (!pins.includes(createHash('sha256').update(spki).digest('base64'))) return 'pin'
  if (isWeak(publicKey)) return 'weak'
  if (checkServerIdentity(host, certificate.toLegacyObject())) return 'host'
  const isCurrent = nowMs >= Date.parse(certificate.validFrom) && nowMs <= Date.parse(certificate.validTo)
  return isCurrent ? null : 'dates'
}

/** Less than 112 bits of strength (NIST SP 800-57 part 1, table 2): pinned or not, others may find it. TLS 1.3 has no weak curves. */
function isWeak({ asymmetricKeyDetails }: KeyObject): boolean {
  return (asymmetricKeyDetails?.modulusLength ?? Number.POSITIVE_INFINITY) < 2048
}
