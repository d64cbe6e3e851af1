import type { FastifyInstance } from 'fastify'
import { problem } from '../problems.ts'
import { digestOf, type JsonBody, noBody } from './json-body.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The fields of a form by their names. */
export type FormFields = Readonly<Record<string, string>>

/**
 * Makes `application/x-www-form-urlencoded` the only kind of body of the routes below `app`, which is a plug-in's own instance: routes
 * outside of it go on refusing forms. A name that comes twice is refused (RFC 6749 §3.2), as nobody could say which of the two counts.
 */
export function acceptFormsOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, bytes: Buffer, done) => {
    if (bytes.length === 0) return done(null, noBody)
    const value = readFields(bytes)
    if (!value) return done(problem('badRequest', { title: 'Nothing was charged: the body is not a form in UTF-8, or names a field twice' }))
    done(null, { value, digest: digestOf(bytes) } satisfies JsonBody)
  })
}

function readFields(bytes: Buffer): FormFields | undefined {
  try {
    const pairs = [...new URLSearchParams(utf8.decode(bytes))]
    const fields = Object.fromEntries(pairs)
    return Object.keys(fields).length === pairs.length ? fields : undefined
  } catch {
    return undefined
  }
}
