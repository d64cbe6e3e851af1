/** Refusals in the form of RFC 6749 §5.2, and what other problems are in that form. */
import type { OAuthError } from '../../contract/http/account-messages.ts'
import type * as v from 'valibot'
import type { ProblemCode } from '../../contract/http/messages.ts'
import type { ProblemError } from '../problems.ts'

/** An error that carries what to answer with. */
export type OAuthRefusal = Error & { readonly refusal: OAuthError; readonly status: number; readonly headers: Readonly<Record<string, string>> }

type Code = OAuthError['error']

export function oauthError(error: Code, description?: string, status = 400, headers: Readonly<Record<string, string>> = {}): OAuthRefusal {
  const refusal: OAuthError = { error, ...(description !== undefined && { error_description: description }) }
  return Object.assign(new Error(`${error}: ${description ?? ''}`), { refusal, status, headers })
}

export function isRefusal(error: unknown): error is OAuthRefusal {
  return error instanceof Error && 'refusal' in error
}

/** RFC 9449 §5: a proof that does not hold has a code of its own. */
const codes: Partial<Readonly<Record<ProblemCode, Code>>> = {
  proofInvalid: 'invalid_dpop_proof',
  proofReplayed: 'invalid_dpop_proof',
  clockSkew: 'invalid_dpop_proof',
  tooManyRequests: 'temporarily_unavailable',
  internal: 'temporarily_unavailable',
}

export function toRefusal({ problem: { code, status, title }, headers }: ProblemError): OAuthRefusal {
  const named = codes[code] ?? 'invalid_request'
  return oauthError(named, asciiOf(title), named === 'invalid_dpop_proof' ? 400 : status, headers)
}

/** What a parameter that is there and wrong is refused with; one that is missing is an invalid request. */
const ofParameter: Readonly<Record<string, Code>> = {
  grant_type: 'unsupported_grant_type',
  client_id: 'invalid_client',
  scope: 'invalid_scope',
  device_code: 'invalid_grant',
  refresh_token: 'invalid_grant',
}

export function inputRefusal({ path, received }: v.BaseIssue<unknown>): OAuthRefusal {
  const name = String(path?.[0].key)
  const code = received === 'undefined' ? undefined : ofParameter[name]
  return oauthError(code ?? 'invalid_request', asciiOf(`${name} is not as it is taken here`))
}

/** RFC 6749 §5.2 allows no other characters in a description. */
function asciiOf(text: string): string {
  return text.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "'")
}
