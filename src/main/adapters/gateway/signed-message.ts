import { createPublicKey, verify } from 'node:crypto'
import { compactVerify, decodeJwt, importJWK } from 'jose'
import * as v from 'valibot'
import type { JwsType } from '../../../contract/http/claims.ts'
import type { SignedMessage } from '../../../domain/events.ts'
import type { GatewayConfig } from './gateway-config.ts'

/** Thrown when a message that should be signed by the gateway is not, or does not say what such a message says. */
export class SignatureError extends Error {
  constructor(options?: ErrorOptions) {
    super('not signed by the gateway', options)
    this.name = 'SignatureError'
  }
}

export type ReadSigned = <S extends v.GenericSchema>(jws: string, typ: JwsType, schema: S) => Promise<v.InferOutput<S>>

/**
 * Verifies a compact JWS (RFC 7515) by the gateway's Ed25519 key. Algorithm, key id and type must be exactly the expected
 * ones, so that neither `none` nor another kind of message is ever taken for it (RFC 8725 §3.1, §3.11). There is one spelling of it:
 * decoders forgive white space, padding and stray bits, by which the same message could come as another text.
 */
export function createReadSigned(signingKey: GatewayConfig['signingKey']): ReadSigned {
  const key = importJWK({ kty: 'OKP', crv: 'Ed25519', x: signingKey.x }, 'EdDSA')
  return async (jws, typ, schema) => {
    try {
      if (!jws.split('.').every((part) => isWritten(part, 'base64url'))) throw new Error('written otherwise than signatures are')
      const { payload, protectedHeader } = await compactVerify(jws, await key, { algorithms: ['EdDSA'] })
      if (protectedHeader.typ !== typ || protectedHeader.kid !== signingKey.kid) throw new Error('another kind of message')
      return v.parse(schema, JSON.parse(new TextDecoder().decode(payload)))
    } catch (cause) {
      throw new SignatureError({ cause })
    }
  }
}

/** Whether the text is how these bytes are written, letter for letter (RFC 4648 §3.5). */
function isWritten(text: string, encoding: 'base64' | 'base64url'): boolean {
  return Buffer.from(text, encoding).toString(encoding) === text
}

/** Reads the claims of a message that was verified when it came in. */
export function readVerified<S extends v.GenericSchema>(jws: string, schema: S): v.InferOutput<S> {
  return v.parse(schema, decodeJwt(jws))
}

export type VerifyMessage = <S extends v.GenericSchema>(message: SignedMessage, schema: S) => v.InferOutput<S>

/**
 * Verifies a message in the shape of Standard Webhooks by the gateway's Ed25519 key, and reads its body. Throws
 * SignatureError. How old it is does not matter: each id counts once.
 */
export function createVerifyMessage(signingKey: GatewayConfig['signingKey']): VerifyMessage {
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: signingKey.x } })
  return ({ id, timestamp, body, signature }, schema) => {
    try {
      const [, text = ''] = /^v1a,(.{88})$/.exec(signature) ?? []
      const bytes = Buffer.from(text, 'base64')
      if (!isWritten(text, 'base64')) throw new Error('written otherwise than signatures are')
      if (!verify(null, Buffer.from(`${id}.${timestamp}.${body}`), key, bytes)) throw new Error('another signature')
      return v.parse(schema, JSON.parse(body))
    } catch (cause) {
      throw new SignatureError({ cause })
    }
  }
}
