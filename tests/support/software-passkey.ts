/** An authenticator in software (WebAuthn Level 3 §6): one P-256 key, which signs what a browser would have it sign. */
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

export interface SoftwarePasskey {
  readonly id: string
  /** What `navigator.credentials.create` gives. */
  readonly create: (asked: object, more?: Bent) => object
  /** What `navigator.credentials.get` gives. */
  readonly get: (asked: object, more?: Bent) => object
}

/** What an honest browser and authenticator would not do. */
export interface Bent {
  readonly origin?: string
  readonly rpId?: string
  readonly isUserVerified?: boolean
  readonly counter?: number
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()
const [userPresent, userVerified, attested] = [0x01, 0x04, 0x40] as const

export function createSoftwarePasskey(site: string): SoftwarePasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string }
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  let uses = 0

  function authData({ rpId = new URL(site).hostname, isUserVerified = true, counter = ++uses }: Bent, extra = Buffer.alloc(0)): Buffer {
    const flags = userPresent | (isUserVerified ? userVerified : 0) | (extra.length > 0 ? attested : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, extra])
  }

  function clientData(type: string, asked: object, { origin = site }: Bent): Buffer {
    const { challenge } = asked as { challenge: string }
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  const answer = (response: object) => ({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })

  return {
    id,
    create(asked, more = {}) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credentialId.length)
      const credential = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url'))])
      const data = authData(more, credential)
      return answer({
        clientDataJSON: clientData('webauthn.create', asked, more).toString('base64url'),
        attestationObject: attestation(data).toString('base64url'),
        transports: ['internal'],
      })
    },
    get(asked, more = {}) {
      const data = authData(more)
      const client = clientData('webauthn.get', asked, more)
      const signature = createSign('sha256').update(Buffer.concat([data, sha256(client)])).sign(privateKey)
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      })
    },
  }
}

/** CBOR (RFC 8949) of `{1: 2, 3: -7, -1: 1, -2: x, -3: y}`: ES256 on P-256 (RFC 9053 §7.1). */
function coseKey(x: Buffer, y: Buffer): Buffer {
  return Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), x, Buffer.from('225820', 'hex'), y])
}

/** CBOR of `{fmt: "none", attStmt: {}, authData}`. */
function attestation(data: Buffer): Buffer {
  const size = Buffer.alloc(2)
  size.writeUInt16BE(data.length)
  return Buffer.concat([Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'), size, data])
}
