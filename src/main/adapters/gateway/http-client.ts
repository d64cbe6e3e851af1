/** One request to the gateway: proof of the device key, pinned connection, strict reading of the answer. */
import { Agent, request } from 'undici'
import * as v from 'valibot'
import { ProblemSchema } from '../../../contract/http/messages.ts'
import { type Route, type RouteName, routes } from '../../../contract/http/routes.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Device } from '../../ports/device.ts'
import { GatewayError, type GatewayProblem } from '../../ports/gateway.ts'
import type { Ids } from '../../ports/ids.ts'
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
  return {
    async call(name, options = {}) {
      const route: Route = routes[name]
      const url = buildUrl(deps.config.url, route, options)
      const headers = { accept: 'application/json', ...options.headers, ...(await proofHeader(deps, route, url)) }
      const answer = await exchange({ dispatcher: agent, timeoutMs, sent }, route, url, headers, options.body)
      return read(route, answer) as Response<typeof name>
    },
    close: () => agent.close(),
  }
}

function buildUrl(base: string, route: Route, { params = {}, query }: CallOptions): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  return `${base}${path}${query ? `?${new URLSearchParams(query)}` : ''}`
}

/** RFC 9449 §4.2: `htu` is the address without query. */
async function proofHeader({ clock, clockOffsetMs, device, ids }: HttpClientDeps, route: Route, url: string) {
  if (route.auth !== 'device' && route.auth !== 'enrolled') return {}
  const iat = Math.floor((clock.now() + clockOffsetMs()) / 1000)
  const htu = url.replace(/\?.*$/, '')
  return { dpop: await device.prove({ jti: ids.nonce(), htm: route.method, htu, iat }) }
}

interface RawAnswer {
  readonly status: number
  readonly body: unknown
}

async function exchange(
  { dispatcher, timeoutMs, sent }: { readonly dispatcher: Agent; readonly timeoutMs: number; readonly sent: (url: string) => void },
  { method }: Route,
  url: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<RawAnswer> {
  try {
    const response = await request(url, {
      dispatcher,
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
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
  const problem = v.safeParse(ProblemSchema, body)
  if (!problem.success || status >= 500) throw new GatewayError({ kind: 'unreachable', sent: true })
  throw new GatewayError({ kind: 'refused', sent: true, code: problem.output.code })
}
