import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { problem } from '../problems.ts'

/** A request body: its value and the digest of its exact bytes, by which a repeated request is recognised. */
export interface JsonBody {
  readonly value: unknown
  readonly digest: string
}

export const noBody: JsonBody = { value: undefined, digest: digestOf(Buffer.alloc(0)) }

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** SHA-256 in base64url. */
export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

/** Makes JSON the only kind of body. `parseAs` buffer, because the digest is over bytes and not over text. */
export function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes: Buffer, done) => {
    if (bytes.length === 0) return done(null, noBody)
    try {
      done(null, { value: JSON.parse(utf8.decode(bytes)), digest: digestOf(bytes) } satisfies JsonBody)
    } catch {
      done(problem('badRequest', { title: 'Nothing was charged: the body is not JSON in UTF-8' }))
    }
  })
}
