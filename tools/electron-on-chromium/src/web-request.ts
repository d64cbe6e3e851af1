import { strict } from './not-implemented.ts'

type Callback<T> = (response: T) => void
type Details = { id: number; url: string; method: string; resourceType: string; webContentsId?: number; timestamp: number; referrer: string }
type Listener<D, R> = { filter: Electron.WebRequestFilter; listener: (details: D, callback: Callback<R>) => void }

/** What each step of a request may change; the events an app has not asked for answer nothing. */
export type RequestHooks = {
  isUsed(): boolean
  sees(step: 'before' | 'send' | 'received', url: string, type: string): boolean
  beforeRequest(details: Details): Promise<Electron.CallbackResponse>
  beforeSendHeaders(details: Details & { requestHeaders: Record<string, string> }): Promise<Electron.BeforeSendResponse>
  headersReceived(details: Details & { responseHeaders: Record<string, string[]>; statusCode: number; statusLine: string }): Promise<Electron.HeadersReceivedResponse>
}

/** A match pattern as Electron (and Chrome's extensions) read it; `*` matches anything, the slash after the host is needed. */
export function matchesPattern(pattern: string, url: string): boolean {
  if (pattern === '<all_urls>') return true
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${source}$`).test(url)
}

/** @param onChange called whenever a listener comes or goes */
export function createWebRequest(onChange: () => void): { webRequest: Electron.WebRequest; hooks: RequestHooks } {
  const listeners: { before?: Listener<never, never>; send?: Listener<never, never>; received?: Listener<never, never> } = {}

  const register = (step: keyof typeof listeners) => (...args: unknown[]) => {
    const [first, second] = args
    const listener = (args.length === 2 ? second : first) as Listener<never, never>['listener'] | null
    const filter = args.length === 2 ? (first as Electron.WebRequestFilter) : { urls: ['<all_urls>'] }
    if (listener) listeners[step] = { filter, listener }
    else delete listeners[step]
    onChange()
  }
  const sees: RequestHooks['sees'] = (step, url, type) => {
    const filter = listeners[step]?.filter
    if (!filter) return false
    const included = filter.urls.length === 0 || filter.urls.some((pattern) => matchesPattern(pattern, url))
    const excluded = filter.excludeUrls?.some((pattern) => matchesPattern(pattern, url)) ?? false
    return included && !excluded && (!filter.types || filter.types.includes(type as never))
  }
  const ask = (step: keyof typeof listeners) => (details: Details) =>
    new Promise<never>((resolve) => {
      const entry = listeners[step]
      if (!entry || !sees(step, details.url, details.resourceType)) resolve({} as never)
      else (entry.listener as (details: Details, callback: Callback<never>) => void)(details, (response) => resolve((response ?? {}) as never))
    })

  const webRequest = {
    onBeforeRequest: register('before'),
    onBeforeSendHeaders: register('send'),
    onHeadersReceived: register('received'),
  } satisfies Pick<Electron.WebRequest, 'onBeforeRequest' | 'onBeforeSendHeaders' | 'onHeadersReceived'>
  return {
    webRequest: strict('webRequest', webRequest) as unknown as Electron.WebRequest,
    hooks: {
      isUsed: () => Object.keys(listeners).length > 0,
      sees,
      beforeRequest: ask('before'),
      beforeSendHeaders: ask('send'),
      headersReceived: ask('received'),
    },
  }
}
