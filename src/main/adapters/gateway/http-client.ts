/** One request to the gateway: proof of the device key, in whose name it asks, pinned connection, strict reading of the answer. */
import { createHash } from 'node:crypto'
import { Agent, request } from 'undici'
import * as v from 'valibot'
import { OAuthErrorSchema } from '../../../contract/http/account-messages.ts'
import { ProblemSchema } from '../../../contract/http/messages.ts'
import { type Route, type RouteName, routes } from '../../../contract/http/routes.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Device } from '../../ports/device.ts'
import { GatewayError, type GatewayProblem } from '../../ports/gateway.ts'
import type { Ids } from '../../ports/ids.ts'
import type { Session } from '../../ports/session.ts'
import type { GatewayConfig } from './gateway-config.ts'
import type { ConnectionWatch } from './json-connections.ts'
import { createPinnedConnector, NotConnectedError } from './pinned-connector.ts'

/** How long a request may take in all unless told, in milliseconds. */
const usualTimeoutMs = 10_000

/** Far more than the largest catalogue; an answer without end must not fill the memory. */
const maxResponseBytes = 4 * 1024 * 1024

export interface HttpClientDeps {
  readonly clock: Clock
  readonly config: GatewayConfig
  readonly device: Device
  readonly ids: Ids
  readonly mustChain: boolean
  /** In whose name enrolled devices ask; without it always as themselves. */
  readonly session?: (() => Session) | undefined
  readonly watch?: ConnectionWatch | undefined
  /** How far the gateway's clock is ahead of this computer's, in milliseconds, so that proofs carry its time. */
  readonly clockOffsetMs: () => number
  /** How long one request may take in all, in milliseconds; 10 s unless told. */
  readonly timeoutMs?: number
}

export interface CallOptions {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Asked once it is known in whose name the request goes, just before it does; where it may not, the call is refused with `accountNeeded`. */
  readonly mayBeSent?: () => boolean
}

export type Response<N extends RouteName> = v.InferOutput<(typeof routes)[N]['response']>

export interface HttpClient {
  /** Calls a route. Rejects with GatewayError, or VaultError when the proof cannot be signed. */
  call<N extends RouteName>(name: N, options?: CallOptions): Promise<Response<N>>
  close(): Promise<void>
}

export function createHttpClient(deps: HttpClientDeps): HttpClient {
  const { config: { pins }, timeoutMs = usualTimeoutMs, watch } = deps
  const sent = (url: string) => watch?.requested(new URL(url).hostname)
  const agent = new Agent({
    connect: createPinnedConnector({ pins, mustChain: deps.mustChain, now: () => deps.clock.now() + deps.clockOffsetMs(), watch }),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: maxResponseBytes,
    pipelining: 1,
    connections: 4,
  })
  async function send(route: Route, options: CallOptions, token: string | null): Promise<unknown> {
    if (options.mayBeSent?.() === false) throw new GatewayError({ kind: 'refused', sent: false, code: 'accountNeeded' })
    const url = buildUrl(deps.config.url, route, options)
    const headers = { accept: 'application/json', ...options.headers, ...(await proofHeaders(deps, route, url, token)) }
    return read(route, await exchange({ dispatcher: agent, timeoutMs, sent }, route, url, headers, options.body))
  }
  return {
    async call(name, options = {}) {
      const route: Route = routes[name]
      const session = isInSomebodysName(route) ? deps.session?.() : undefined
      const token = (await session?.accessToken().catch(notSent)) ?? null
      if (route.auth === 'account' && token === null) throw new GatewayError({ kind: 'refused', sent: false, code: 'accountNeeded' })
      const answer = await send(route, options, token).catch((error: unknown) => {
        if (!session || token === null || !isTokenRefused(error)) throw error
        // The gateway looks at the token before anything else, so that nothing of the request was carried out.
        return sendAgain(session, token, (renewed) => send(route, options, renewed), error)
      })
      return answer as Response<typeof name>
    },
    close: () => agent.close(),
  }
}

/** RFC 9449 §7: on the routes for enrolled devices, and those for accounts. */
const isInSomebodysName = ({ auth }: Route) => auth === 'enrolled' || auth === 'account'

const isTokenRefused = (error: unknown) =>
  error instanceof GatewayError && error.problem.kind === 'refused' && error.problem.code === 'tokenInvalid'

/** Once, with a token that was renewed for it. */
async function sendAgain(session: Session, refused: string, send: (token: string) => Promise<unknown>, error: unknown): Promise<unknown> {
  const renewed = await session.renewed(refused).catch(notSent)
  if (renewed === null) throw error
  try {
    return await send(renewed)
  } catch (again) {
    if (isTokenRefused(again)) await session.over(renewed)
    throw again
  }
}

/** What has to come before a request failed, so that the request itself was not sent. */
function notSent(cause: unknown): never {
  if (cause instanceof GatewayError) throw new GatewayError({ ...cause.problem, sent: false }, { cause })
  throw cause
}

function buildUrl(base: string, route: Route, { params = {}, query }: CallOptions): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  return `${base}${path}${query ? `?${new URLSearchParams(query)}` : ''}`
}

/** RFC 9449 §4.2, §7.1: `htu` is the address without query, `ath` the hash of the token that comes with it. */
async function proofHeaders({ clock, clockOffsetMs, device, ids }: HttpClientDeps, route: Route, url: string, token: string | null) {
  if (route.auth !== 'device' && !isInSomebodysName(route)) return {}
  const iat = Math.floor((clock.now() + clockOffsetMs()) / 1000)
  const claims = { jti: ids.nonce(), htm: route.method, htu: url.replace(/\?.*$/, ''), iat }
  if (token === null) return { dpop: await device.prove(claims) }
  const ath = createHash('sha256').update(token).digest('base64url')
  return { authorization: `DPoP ${token}`, dpop: await device.prove({ ...claims, ath }) }
}

interface RawAnswer {
  readonly status: number
  readonly body: unknown
}

async function exchange(
  { dispatcher, timeoutMs, sent }: { readonly dispatcher: Agent; readonly timeoutMs: number; readonly sent: (url: string) => void },
  route: Route,
  url: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<RawAnswer> {
  try {
    const response = await request(url, {
      dispatcher,
      method: route.method,
      ...written(route, headers, body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const answer = { status: response.statusCode, body: await response.body.json() }
    sent(url)
    return answer
  } catch (cause) {
    if (!(cause instanceof NotConnectedError)) sent(url)
    throw new GatewayError(problemOf(cause), { cause })
  }
}

function written({ encoding = 'json' }: Route, headers: Record<string, string>, body: unknown) {
  if (body === undefined) return { headers, body: null }
  if (encoding === 'json') return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const form = new URLSearchParams(body as Record<string, string>).toString()
  return { headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: form }
}

function problemOf(cause: unknown): GatewayProblem {
  if (!(cause instanceof NotConnectedError)) return { kind: 'unreachable', sent: true }
  return { kind: cause.finding === 'network' ? 'unreachable' : 'certificateNotTrusted', sent: false }
}

function read(route: Route, { status, body }: RawAnswer): unknown {
  if (status >= 200 && status < 300) {
    const parsed = v.safeParse(route.response, body)
    if (parsed.success) return parsed.output
    throw new GatewayError({ kind: 'signatureNotTrusted', sent: true })
  }
  const oauth = route.encoding === 'form' && status < 500 ? v.safeParse(OAuthErrorSchema, body) : null
  if (oauth?.success) throw new GatewayError({ kind: 'refused', sent: true, code: 'badRequest', oauth: oauth.output.error })
  const problem = v.safeParse(ProblemSchema, body)
  if (!problem.success || status >= 500) throw new GatewayError({ kind: 'unreachable', sent: true })
  throw new GatewayError({ kind: 'refused', sent: true, code: problem.output.code })
}
