import type EventEmitter from 'node:events'
import { isBirthUrl } from './birth.ts'
import type { CdpSession } from './cdp.ts'
import { createEvent } from './events.ts'
import type { Frame } from './frame-tree.ts'
import { frameUrl } from './frame-tree.ts'
import { loadError, netError } from './net-errors.ts'
import type { DocumentRequest } from './page-registry.ts'
import type { PageSession } from './page-session.ts'
import { origins } from './reserved-origins.ts'

/** A page's way from one document to the next: its events, its guards, and loads the app asks for. */
export type Loading = {
  watch(page: PageSession): void
  allowsDocument(page: PageSession, request: DocumentRequest): boolean
  /** @throws an error with Electron's `code`, `errno` and `url` when the load fails or something else replaces it */
  load(page: PageSession, url: string, options: Electron.LoadURLOptions): Promise<void>
  reload(page: PageSession, ignoreCache: boolean): void
  url(): string
  title(): string
  /** False when it is the title already. */
  setTitle(title: string): boolean
  isLoading(): boolean
  isLoadingMainFrame(): boolean
  /** Ends what is still being waited for when the page is gone. */
  abandon(): void
}

export type LoadingOptions = { label: string; view(frame: Frame): Electron.WebFrameMain }

type PendingLoad = { url: string; resolve(): void; reject(error: Error): void }

/** The empty document of a window that has loaded nothing yet; nobody is told of it. */
const isEmpty = (url: string) => url === '' || isBirthUrl(url)

const withoutHash = (url: string) => url.split('#', 1)[0]!

export function createLoading(contents: EventEmitter, { label, view }: LoadingOptions): Loading {
  /** Addresses the app itself has asked for, which are not the page's doing. */
  const asked = new Map<string, number>()
  let main: Frame | undefined
  let currentTitle = ''
  let loadingFrames = new Set<string>()
  let pending: PendingLoad | undefined
  let hasFinished = false
  let lastStatus = 200
  let announcedUrl = ''

  const count = (url: string, by: number) => {
    const left = (asked.get(withoutHash(url)) ?? 0) + by
    if (left > 0) asked.set(withoutHash(url), left)
    else asked.delete(withoutHash(url))
  }
  const settle = (error?: Error) => {
    const done = pending
    pending = undefined
    if (error) done?.reject(error)
    else done?.resolve()
  }
  const fail = (text: string, rawUrl: string) => {
    const url = origins.fromReserved(rawUrl)
    const { code, name } = netError(text)
    contents.emit('did-fail-load', createEvent(), code, name, url, true, main?.number, main?.number)
    settle(loadError(text, url))
  }

  const ask = (name: string, page: PageSession, { frameId, url, isMainFrame }: DocumentRequest) => {
    const frame = page.tree.get(frameId)
    const shown = origins.fromReserved(url)
    const event = createEvent({ url: shown, isSameDocument: false, isMainFrame, frame: frame ? view(frame) : null, initiator: frame ? view(frame) : null })
    // The arguments after the first are deprecated, and still what many apps read.
    contents.emit(name, event, shown, false, isMainFrame, 0, frame?.number)
    return !event.defaultPrevented
  }
  /**
   * The same document again. Electron's guards do not hear of it when a debugger asks, and who asks cannot be told apart
   * in time here; what is loaded is what was allowed before.
   */
  const isReload = (url: string) => withoutHash(origins.fromReserved(url)) === withoutHash(announcedUrl)
  const allowsDocument: Loading['allowsDocument'] = (page, request) => {
    if (request.isRedirect) return ask('will-redirect', page, request)
    if (request.isMainFrame && asked.has(withoutHash(request.url))) return true
    if (request.isMainFrame && isReload(request.url)) return true
    if (!ask('will-frame-navigate', page, request)) return false
    return !request.isMainFrame || ask('will-navigate', page, request)
  }

  /** Addresses without a request of their own cannot be held back: when one is refused, the last page is loaded again. */
  const watchUnrequested = (page: PageSession) => {
    const { session, targetId } = page
    let refused: string | undefined
    let lastGood = ''
    session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (disposition !== 'currentTab' || frameId !== targetId || /^(https?|file|javascript):/i.test(url)) return
      refused = allowsDocument(page, { frameId, url, isRedirect: false, isMainFrame: true }) ? undefined : url
      if (refused !== undefined) session.post('Page.stopLoading')
    })
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return
      if (frame.url !== refused) lastGood = frame.url + (frame.urlFragment ?? '')
      else void navigate(session, lastGood).catch(() => {})
      refused = undefined
    })
  }
  /** A navigation that is the app's own doing, not the page's. */
  const navigate = async (session: CdpSession, url: string, referrer?: string) => {
    count(url, 1)
    try {
      return await session.send('Page.navigate', { url, referrer })
    } finally {
      count(url, -1)
    }
  }

  const watch: Loading['watch'] = (page) => {
    main = page.tree.main
    const { session, targetId } = page
    watchUnrequested(page)
    session.on('Page.frameStartedLoading', ({ frameId }) => {
      if (loadingFrames.size === 0) contents.emit('did-start-loading')
      loadingFrames.add(frameId)
    })
    session.on('Page.frameStoppedLoading', ({ frameId }) => {
      loadingFrames.delete(frameId)
      if (frameId === targetId) loadingFrames = new Set()
      if (loadingFrames.size === 0) contents.emit('did-stop-loading')
    })
    session.on('Page.frameStartedNavigating', ({ frameId, url, navigationType }) => {
      if (isBirthUrl(url)) return
      const isSameDocument = navigationType === 'sameDocument' || navigationType === 'historySameDocument'
      const frame = page.tree.get(frameId)
      const details = { url: origins.fromReserved(url), isSameDocument, isMainFrame: frameId === targetId, frame: frame ? view(frame) : null }
      contents.emit('did-start-navigation', createEvent(details), details.url, isSameDocument, details.isMainFrame)
    })
    session.on('Network.responseReceived', ({ type, frameId, response }) => {
      if (type === 'Document' && frameId === targetId) lastStatus = response.status
    })
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) {
        contents.emit('did-frame-navigate', createEvent(), origins.fromReserved(frame.url), 200, '', false, 0, page.tree.get(frame.id)?.number)
        return
      }
      hasFinished = false
      currentTitle = ''
      if (frame.unreachableUrl !== undefined) {
        if (!pending) fail('net::ERR_FAILED', frame.unreachableUrl)
        return
      }
      announcedUrl = frameUrl(main!)
      if (isEmpty(announcedUrl)) return
      contents.emit('did-navigate', createEvent(), announcedUrl, lastStatus, '')
      contents.emit('did-frame-navigate', createEvent(), announcedUrl, lastStatus, '', true, 0, main!.number)
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      contents.emit('did-navigate-in-page', createEvent(), origins.fromReserved(url), frameId === targetId, 0, page.tree.get(frameId)?.number)
      if (frameId === targetId && pending?.url === url) settle()
    })
    session.on('Page.domContentEventFired', () => {
      if (!isEmpty(announcedUrl)) contents.emit('dom-ready', createEvent())
    })
    session.on('Page.loadEventFired', () => {
      if (hasFinished || isEmpty(announcedUrl)) return
      hasFinished = true
      contents.emit('did-frame-finish-load', createEvent(), true, 0, main!.number)
      contents.emit('did-finish-load', createEvent())
      settle()
    })
  }

  return {
    watch,
    allowsDocument,
    async load(page, given, options) {
      const reserved = origins.toReserved(given, label)
      const url = /^https?:/i.test(reserved) && URL.canParse(reserved) ? new URL(reserved).href : reserved
      if (pending) settle(loadError('net::ERR_ABORTED', given))
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const mine = (pending = { url, resolve, reject })
      try {
        // Documents that are requested are held until the page is armed; others have to wait here.
        if (!/^https?:/i.test(url)) await page.armed
        const referrer = typeof options.httpReferrer === 'string' ? options.httpReferrer : options.httpReferrer?.url
        const { errorText } = await navigate(page.session, url, referrer && origins.toReserved(referrer, label))
        if (errorText !== undefined && pending === mine) fail(errorText, url)
      } catch (error) {
        if (pending === mine) settle(error as Error)
      }
      return promise
    },
    reload(page, ignoreCache) {
      const { rawUrl } = page.tree.main
      count(rawUrl, 1)
      page.session.send('Page.reload', { ignoreCache }).catch(() => {}).finally(() => setTimeout(() => count(rawUrl, -1), 1000).unref())
    },
    url: () => (main && !isEmpty(main.rawUrl) ? frameUrl(main) : ''),
    title: () => currentTitle || (main ? frameUrl(main) : ''),
    setTitle(title) {
      const isNew = title !== currentTitle
      currentTitle = title
      return isNew
    },
    isLoading: () => loadingFrames.size > 0,
    isLoadingMainFrame: () => main !== undefined && loadingFrames.has(main.id),
    abandon: () => settle(new Error('The page has been closed')),
  }
}
