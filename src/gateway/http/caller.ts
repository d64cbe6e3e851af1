import type { FastifyRequest } from 'fastify'
import type { Caller } from '../accounts/identity.ts'

/** Who sends the request: the address of the connection itself, or the one that a trusted proxy names, never one that anybody else does. */
export function callerOf(request: FastifyRequest): Caller {
  return {
    ip: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').replaceAll(/[^\x20-\x7e]/g, '').slice(0, 200),
    language: languageOf(request.headers['accept-language']),
  }
}

/** The first language of the list that there are words in (RFC 9110 §12.5.4); people write the best one first. */
function languageOf(header: string | undefined): Caller['language'] {
  const named = (header ?? '').toLowerCase().split(',').map((part) => part.trim().slice(0, 2))
  return named.find((language) => language === 'en' || language === 'de') ?? 'en'
}
