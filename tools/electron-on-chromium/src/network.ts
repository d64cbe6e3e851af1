import type { Protocol } from 'devtools-protocol'
import { birthAt, isBirthUrl } from './birth.ts'
import type { CdpSession } from './cdp.ts'
import { pageOfFrame } from './page-registry.ts'
import type { PageOwner } from './page-registry.ts'
import { origins } from './reserved-origins.ts'
import type { SessionState } from './session-state.ts'

type Paused = Protocol.Fetch.requestPausedPayload
type Headers = Protocol.Fetch.HeaderEntry[]

export type Network = {
  /** Tells Chromium anew which requests to hold: only those somebody here wants to see. */
  update(): void
}

export type NetworkOptions = {
  sessions(): Iterable<SessionState>
  /** Whether the target is a window that a page opened past us. */
  isStray(targetId: string): boolean
  /** Called before a document of an origin is loaded for a session. */
  prepareOrigin(session: SessionState, origin: string): Promise<void>
}

/**
 * All requests of all pages pass here once, at the browser: custom schemes are answered, navigations are put to the
 * page's guards, and webRequest listeners are asked.
 */
export function createNetwork(browser: CdpSession, { sessions, isStray, prepareOrigin }: NetworkOptions): Network {
  const seenNavigations = new Set<string>()

  const update = () => {
    const inUse = [...sessions()].some(({ requests }) => requests.isUsed())
    const patterns: Protocol.Fetch.RequestPattern[] = [{ urlPattern: 'https://*.invalid/*' }, { urlPattern: '*', resourceType: 'Document' }]
    browser.post('Fetch.enable', { patterns: inUse ? [{ urlPattern: '*' }] : patterns })
  }

  const fail = (requestId: string, errorReason: Protocol.Network.ErrorReason) => browser.post('Fetch.failRequest', { requestId, errorReason })

  const onRequest = async (paused: Paused) => {
    const { requestId, request, frameId, resourceType } = paused
    if (isStray(frameId)) return fail(requestId, 'Aborted')
    if (birthAt(request.url) && resourceType === 'Document') return
    if (isBirthUrl(request.url)) return fail(requestId, 'Aborted')
    const owner = pageOfFrame(frameId)
    if (resourceType === 'Document' && owner && !allowsNavigation(owner, paused)) return fail(requestId, 'Aborted')
    const reserved = origins.parse(request.url)
    const session = owner?.session ?? [...sessions()].find(({ label }) => label === reserved?.label)
    if (!session) return reserved ? fail(requestId, 'Failed') : browser.post('Fetch.continueRequest', { requestId })
    // Another partition's origin is as foreign as a host that does not exist.
    if (reserved && reserved.label !== session.label) return fail(requestId, 'BlockedByClient')
    // The browser's own wish for an icon; Electron has no tab to put it in.
    if (reserved && resourceType === 'Other' && request.url.endsWith('/favicon.ico')) return fail(requestId, 'Aborted')

    if (resourceType === 'Document' && owner) await Promise.all([owner.armed, prepareOrigin(session, new URL(request.url).origin)])
    const details = describe(paused, owner)
    const before = await session.requests.beforeRequest(details)
    if (before.cancel) return fail(requestId, 'BlockedByClient')
    if (before.redirectURL !== undefined) return redirect(requestId, origins.toReserved(before.redirectURL, session.label))
    const requestHeaders = namesOf(request.headers)
    const send = await session.requests.beforeSendHeaders({ ...details, requestHeaders })
    if (send.cancel) return fail(requestId, 'BlockedByClient')
    const headers = send.requestHeaders as Record<string, string> | undefined
    if (reserved) return answer(paused, session, reserved.scheme, details, headers ?? requestHeaders)
    browser.post('Fetch.continueRequest', {
      requestId,
      headers: headers && Object.entries(headers).map(([name, value]) => ({ name, value })),
      interceptResponse: session.requests.sees('received', details.url, details.resourceType),
    })
  }

  const allowsNavigation = (owner: PageOwner, { frameId, request, networkId, redirectedRequestId }: Paused) => {
    const isRedirect = redirectedRequestId !== undefined || (networkId !== undefined && seenNavigations.has(networkId))
    if (networkId !== undefined) {
      seenNavigations.add(networkId)
      if (seenNavigations.size > 200) seenNavigations.delete(seenNavigations.values().next().value!)
    }
    const url = request.url + (request.urlFragment ?? '')
    return owner.allowsDocument({ frameId, url, isRedirect, isMainFrame: frameId === owner.targetId })
  }

  const onResponse = async (paused: Paused) => {
    const { requestId, frameId, responseStatusCode, responseHeaders } = paused
    const owner = pageOfFrame(frameId)
    if (!owner || responseStatusCode === undefined) return browser.post('Fetch.continueResponse', { requestId })
    const { status, headers, cancel } = await passHeaders(owner.session, describe(paused, owner), responseStatusCode, responseHeaders ?? [])
    if (cancel) return fail(requestId, 'BlockedByClient')
    browser.post('Fetch.continueResponse', { requestId, responseCode: status, responseHeaders: headers })
  }

  /** A custom scheme's answer comes from the app's handler, whole: the protocol has no way to pass it on in pieces. */
  const answer = async (paused: Paused, session: SessionState, scheme: string, details: ReturnType<typeof describe>, headers: Record<string, string>) => {
    const handler = session.handlerOf(scheme)
    if (!handler) return fail(paused.requestId, 'Failed')
    const response = await handler(toRequest(paused, headers))
    if (!(response instanceof Response) || response.type === 'error') return fail(paused.requestId, 'Failed')
    const body = Buffer.from(await response.arrayBuffer())
    const passed = await passHeaders(session, details, response.status, [...response.headers].map(([name, value]) => ({ name, value })))
    if (passed.cancel) return fail(paused.requestId, 'BlockedByClient')
    browser.post('Fetch.fulfillRequest', {
      requestId: paused.requestId,
      responseCode: passed.status,
      responsePhrase: response.statusText || undefined,
      responseHeaders: mapResponseHeaders(passed.headers, session.label),
      body: body.toString('base64'),
    })
  }

  const redirect = (requestId: string, location: string) =>
    browser.post('Fetch.fulfillRequest', { requestId, responseCode: 307, responseHeaders: [{ name: 'location', value: location }] })

  browser.on('Fetch.requestPaused', (paused) => {
    const isResponse = paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined
    const handled = isResponse ? onResponse(paused) : onRequest(paused)
    handled.catch((error: unknown) => {
      // A handler that throws is a bug of the app: the page sees a network error, the developer the reason.
      process.emitWarning(error instanceof Error ? error : String(error))
      fail(paused.requestId, 'Failed')
    })
  })
  update()
  return { update }
}

const resourceTypes: Record<string, string> = { Stylesheet: 'stylesheet', Script: 'script', Image: 'image', Font: 'font', XHR: 'xhr', Fetch: 'xhr', Media: 'media', WebSocket: 'webSocket', Ping: 'ping', CSPViolationReport: 'cspReport' }

function describe({ request, frameId, resourceType }: Paused, owner: PageOwner | undefined) {
  const document = owner && frameId !== owner.targetId ? 'subFrame' : 'mainFrame'
  return {
    id: 0,
    url: origins.fromReserved(request.url),
    method: request.method,
    resourceType: resourceType === 'Document' ? document : (resourceTypes[resourceType] ?? 'other'),
    webContentsId: owner?.webContentsId,
    timestamp: Date.now(),
    referrer: origins.fromReserved(request.headers['Referer'] ?? ''),
  }
}

/** Headers as the app knows its own addresses. */
function namesOf(headers: Protocol.Network.Headers): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => {
    const isAddress = /^(origin|referer)$/i.test(name)
    return [name, isAddress ? origins.fromReserved(value).replace(/\/$/, name.toLowerCase() === 'origin' ? '' : '/') : value]
  }))
}

function toRequest({ request }: Paused, headers: Record<string, string>): Request {
  const parts = request.postDataEntries?.map(({ bytes }) => Buffer.from(bytes ?? '', 'base64')) ?? []
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && parts.length > 0
  return new Request(origins.fromReserved(request.url), { method: request.method, headers, body: hasBody ? Buffer.concat(parts) : null })
}

/** The body has been decoded by then and is passed on whole. */
const bodyHeaders = /^(content-encoding|content-length|transfer-encoding)$/i

/** Addresses in answers that the browser itself acts on must be the reserved ones. */
function mapResponseHeaders(headers: Headers, label: string): Headers {
  // Without its sister, an opener policy only parts a window from its opener, which none has here (window.open gives
  // null); and it costs every new window a change of process.
  const hasNoOpener = !headers.some(({ name }) => /^cross-origin-embedder-policy$/i.test(name))
  const acted = /^(location|access-control-allow-origin|content-security-policy(-report-only)?)$/i
  return headers
    .filter(({ name }) => !bodyHeaders.test(name) && !(hasNoOpener && /^cross-origin-opener-policy$/i.test(name)))
    .map(({ name, value }) => ({
      name,
      value: acted.test(name) ? value.replace(/[a-z][a-z0-9+.-]*:\/\/[^\s;,]+/gi, (url) => trimSlash(origins.toReserved(url, label), url)) : value,
    }))
}

const trimSlash = (mapped: string, given: string) => (given.endsWith('/') || !mapped.endsWith('/') ? mapped : mapped.slice(0, -1))

async function passHeaders(session: SessionState, details: ReturnType<typeof describe>, status: number, headers: Headers) {
  if (!session.requests.sees('received', details.url, details.resourceType)) return { status, headers, cancel: false }
  const grouped: Record<string, string[]> = {}
  for (const { name, value } of headers) (grouped[name] ??= []).push(value)
  const result = await session.requests.headersReceived({ ...details, responseHeaders: grouped, statusCode: status, statusLine: `HTTP/1.1 ${status}` })
  const next = Number(/\s(\d{3})\b/.exec(result.statusLine ?? '')?.[1] ?? status)
  const changed = result.responseHeaders && Object.entries(result.responseHeaders).flatMap(([name, value]) => [value].flat().map((each) => ({ name, value: each })))
  return { status: next, headers: changed ?? headers, cancel: result.cancel ?? false }
}
