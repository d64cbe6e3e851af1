import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import type { Environment } from '../environment.ts'
import type { Journey } from './visit.ts'

export interface Seal {
  /** Text for a cookie that only this server can read, and only together with this session. */
  close(journey: Journey, sessionId: string): string
  /** An empty one where it is too old, of another session, or not ours. */
  open(text: string | undefined, sessionId: string): Journey
  /** What a form has to bring back: nobody who does not know the session's id can make it up. */
  formToken(sessionId: string): string
  isFormToken(token: string | undefined, sessionId: string): boolean
}

export const journeyAgeMs = 30 * 60_000
const nonceBytes = 12
const tagBytes = 16

/** The keys last as long as the process: what was sealed before a restart is begun anew. AES-256-GCM, NIST SP 800-38D. */
export function createSeal({ now, randomBytes }: Environment): Seal {
  const sealKey = randomBytes(32)
  const formKey = randomBytes(32)
  const formToken = (sessionId: string) => createHmac('sha256', formKey).update(sessionId).digest('base64url')

  function decrypt(text: string, sessionId: string): { journey: Journey; closedAtMs: number } {
    const bytes = Buffer.from(text, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, nonceBytes))
    decipher.setAAD(Buffer.from(sessionId)).setAuthTag(bytes.subarray(-tagBytes))
    const plain = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()])
    return JSON.parse(plain.toString()) as { journey: Journey; closedAtMs: number }
  }

  return {
    close(journey, sessionId) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(sessionId))
      const sealed = Buffer.concat([cipher.update(JSON.stringify({ journey, closedAtMs: now() })), cipher.final()])
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url')
    },
    open(text, sessionId) {
      if (!text) return {}
      try {
        const { journey, closedAtMs } = decrypt(text, sessionId)
        return now() - closedAtMs <= journeyAgeMs ? journey : {}
      } catch {
        return {}
      }
    },
    formToken,
    isFormToken(token, sessionId) {
      const given = Buffer.from(token ?? '')
      const wanted = Buffer.from(formToken(sessionId))
      return given.length === wanted.length && timingSafeEqual(given, wanted)
    },
  }
}
