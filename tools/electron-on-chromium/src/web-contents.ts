import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createBirth, forgetBirth } from './birth.ts'
import type { Birth } from './birth.ts'
import { followColorScheme } from './color-scheme.ts'
import { consoleMessage } from './console-message.ts'
import { createEvent } from './events.ts'
import { frameUrl } from './frame-tree.ts'
import type { Frame } from './frame-tree.ts'
import { createIpcHub } from './ipc-main.ts'
import { createKeyboard, policyCall } from './keyboard.ts'
import { kernel } from './kernel.ts'
import { createLoading } from './loading.ts'
import { onApplicationMenuChanged } from './menu.ts'
import { strictClass } from './not-implemented.ts'
import { PageControls } from './page-controls.ts'
import { addPage, pageOfTarget, removePage } from './page-registry.ts'
import { attachPage } from './page-session.ts'
import type { PageSession } from './page-session.ts'
import { rendererProcessId } from './process-ids.ts'
import { createMessageReceiver, ipcEvent } from './renderer-messages.ts'
import { rendererProcess } from './renderer-process.ts'
import { origins } from './reserved-origins.ts'
import { stateOf } from './session.ts'
import { webFrameMain } from './web-frame-main.ts'
import type { FrameContext } from './web-frame-main.ts'

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0]

/** What a page needs of the window around it. */
export type WebContentsHost = {
  /** Makes Chromium open the page; resolves with its target. */
  open(birth: Birth): Promise<string>
  appPath: string
  preferences: Electron.WebPreferences
  session: Electron.Session
  /** Opens the window that the app's window-open handler has allowed. */
  openWindow(url: string, options: Electron.BrowserWindowConstructorOptions): void
  /** The page's own wish to close, window.close(), or webContents.close(). */
  requestClose(): void
  titleChanged(title: string): void
  isFocused(): boolean
  window: unknown
}

type Provided = Pick<
  Electron.WebContents,
  | 'id' | 'session' | 'ipc' | 'mainFrame' | 'getURL' | 'getTitle' | 'send' | 'getType' | 'isDestroyed' | 'isLoading' | 'isLoadingMainFrame' | 'isWaitingForResponse'
  | 'close' | 'reload' | 'reloadIgnoringCache' | 'getOSProcessId' | 'getProcessId' | 'setWindowOpenHandler' | 'isCrashed' | 'loadURL' | 'loadFile' | 'isFocused'
  | 'isDevToolsOpened' | 'setBackgroundThrottling' | 'setIgnoreMenuShortcuts' | 'setWebRTCIPHandlingPolicy'
>

const live = new Map<number, WebContentsImpl>()
let lastId = 0
let onCreated: (contents: Electron.WebContents) => void = () => {}

/** @param listener called with every new page, for app's web-contents-created */
export const onWebContentsCreated = (listener: typeof onCreated) => void (onCreated = listener)

export class WebContentsImpl extends PageControls implements Provided {
  readonly id: number
  readonly session: Electron.Session
  readonly ipc = createIpcHub('webContents.ipc')
  /** Set once the page exists in Chromium. */
  readonly ready: Promise<PageSession>
  readonly loading
  private readonly keyboard = createKeyboard(this, () => this.host.window)
  private readonly host: WebContentsHost
  private page: PageSession | undefined
  private context: FrameContext | undefined
  private isGone = false
  private hasCrashed = false
  private osProcessId = 0
  private birth: Birth | undefined
  private firstUrl: string | undefined
  private openHandler: OpenHandler = () => ({ action: 'allow' })

  constructor(host: WebContentsHost) {
    super()
    this.setMaxListeners(0)
    lastId += 1
    this.id = lastId
    this.host = host
    this.session = host.session
    this.loading = createLoading(this, { label: stateOf(this.session).label, view: (frame) => this.view(frame) })
    live.set(this.id, this)
    for (const change of ['newListener', 'removeListener']) {
      this.on(change, (name) => name === 'before-input-event' && queueMicrotask(() => this.updateKeyPolicy()))
    }
    this.ready = this.attach()
    this.ready.catch(() => {})
    queueMicrotask(() => onCreated(this as unknown as Electron.WebContents))
  }

  private view(frame: Frame) {
    return webFrameMain(frame, this.context!)
  }

  private async attach(): Promise<PageSession> {
    const { cdp, targets } = await kernel
    // Apps mostly load a page in the same turn as they make its window, so by now it is known which.
    this.birth = createBirth(this.firstUrl, stateOf(this.session).label)
    const targetId = await this.host.open(this.birth)
    const sessionId = await targets.sessionOf(targetId)
    const { preload, additionalArguments } = this.host.preferences
    const toIsolated = (frame: Frame, expression: string) => void this.page?.toIsolated(frame, expression)
    const receive = createMessageReceiver(this, {
      ipc: this.ipc,
      processId: () => this.osProcessId,
      view: (frame) => this.view(frame),
      toIsolated,
      onWindowOpen: (url, name, features) => this.askToOpen(url, name, features, 'new-window'),
      onKey: this.keyboard.receive,
      onPermission: async (frame, permission, details) => {
        const { permissions } = await kernel
        const request = { contents: this as unknown as Electron.WebContents, permission, origin: new URL(frame.rawUrl).origin, shownUrl: frameUrl(frame), details }
        return permissions.request(stateOf(this.session).permissions, request)
      },
      onWindowClose: () => this.host.requestClose(),
      onTitle: (title) => this.host.titleChanged(title),
      onZoom: (factor) => this.setZoomFactor(factor),
    })
    const page = attachPage(cdp, { targetId, sessionId }, {
      preload,
      process: rendererProcess(additionalArguments ?? []),
      onMessage: receive,
      policy: this.keyboard.policy,
      asksPermissions: stateOf(this.session).permissions.request !== null,
      onPreloadError: (file, error) => this.emit('preload-error', createEvent(), file, error),
      onSession: (session) => session.on('Runtime.consoleAPICalled', (call) => consoleMessage(this, call)),
    })
    this.page = page
    this.context = {
      tree: page.tree,
      osProcessId: () => this.osProcessId,
      send: (frame, channel, args) => toIsolated(frame, ipcEvent(channel, args)),
    }
    addPage({
      targetId,
      webContentsId: this.id,
      session: stateOf(this.session),
      tree: page.tree,
      armed: page.armed,
      allowsDocument: (request) => this.loading.allowsDocument(page, request),
    })
    this.loading.watch(page)
    this.watch(page)
    this.once('destroyed', followColorScheme(page.session))
    return page
  }

  private watch({ session, targetId }: PageSession) {
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => this.askToOpen(url, windowName, windowFeatures.join(','), 'foreground-tab'))
    session.on('Page.frameRequestedNavigation', ({ url, disposition }) => {
      if (disposition !== 'currentTab') this.askToOpen(url, '', '', disposition === 'newWindow' ? 'new-window' : 'background-tab')
    })
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return
      this.hasCrashed = false
      this.applyZoom()
      void this.readProcessId(targetId)
    })
  }

  private async readProcessId(targetId: string) {
    const { cdp } = await kernel
    const others = [...live.values()].filter((each) => each.page && each.page.targetId !== targetId)
    this.osProcessId = await rendererProcessId(cdp.browser, this.osProcessId, new Set(others.map((each) => each.osProcessId)))
  }

  private askToOpen(rawUrl: string, frameName: string, features: string, disposition: Electron.HandlerDetails['disposition']) {
    const url = rawUrl === '' ? 'about:blank' : origins.fromReserved(rawUrl)
    const answer = this.openHandler({ url, frameName, features, disposition, referrer: { url: this.getURL(), policy: 'default' } })
    if (answer?.action === 'allow') this.host.openWindow(url, answer.overrideBrowserWindowOptions ?? {})
  }

  /** @internal Tells the guards in all frames which keys to hold back now. */
  updateKeyPolicy() {
    const { page } = this
    if (!page) return
    const expression = policyCall(this.keyboard.policy())
    const all = (frame: Frame): Frame[] => [frame, ...page.tree.children(frame).flatMap(all)]
    for (const frame of all(page.tree.main)) page.toIsolated(frame, expression)
  }

  /** @internal Chromium says that the renderer has ended. */
  rendererGone(reason: Electron.RenderProcessGoneDetails['reason'], exitCode: number) {
    this.hasCrashed = true
    this.loading.abandon()
    this.emit('render-process-gone', createEvent(), { reason, exitCode })
  }

  /** @internal The page no longer exists. */
  markDestroyed() {
    if (this.isGone) return
    this.isGone = true
    live.delete(this.id)
    const owner = this.page && pageOfTarget(this.page.targetId)
    if (owner) removePage(owner)
    if (this.birth) forgetBirth(this.birth)
    this.loading.abandon()
    this.emit('destroyed', createEvent())
  }

  get targetId() {
    return this.page?.targetId
  }
  get mainFrame(): Electron.WebFrameMain {
    if (!this.page) throw new Error('not implemented: WebContents.mainFrame before the page exists')
    return this.view(this.page.tree.main)
  }
  get hostWebContents() {
    return null
  }
  getURL() {
    return this.loading.url()
  }
  getTitle() {
    return this.loading.title()
  }
  getType() {
    return 'window' as const
  }
  isDestroyed() {
    return this.isGone
  }
  isCrashed() {
    return this.hasCrashed
  }
  isLoading() {
    return this.loading.isLoading()
  }
  isLoadingMainFrame() {
    return this.loading.isLoadingMainFrame()
  }
  isWaitingForResponse() {
    return this.loading.isLoadingMainFrame()
  }
  getOSProcessId() {
    return this.osProcessId
  }
  getProcessId() {
    return this.osProcessId
  }
  async loadURL(url: string, options: Electron.LoadURLOptions = {}) {
    this.firstUrl ??= url
    await this.loading.load(await this.ready, url, options)
  }
  loadFile(file: string, { query, search, hash }: Electron.LoadFileOptions = {}) {
    const url = pathToFileURL(path.resolve(this.host.appPath, file))
    url.search = search ?? new URLSearchParams(query).toString()
    url.hash = hash ?? ''
    return this.loadURL(url.href)
  }
  reload() {
    void this.ready.then((page) => this.loading.reload(page, false))
  }
  reloadIgnoringCache() {
    void this.ready.then((page) => this.loading.reload(page, true))
  }
  close() {
    this.host.requestClose()
  }
  send(channel: string, ...args: unknown[]) {
    const expression = ipcEvent(channel, args)
    void this.ready.then((page) => page.toIsolated(page.tree.main, expression))
  }
  setWindowOpenHandler(handler: OpenHandler) {
    this.openHandler = handler
  }
  isFocused() {
    return this.host.isFocused()
  }
  isDevToolsOpened() {
    return false
  }
  setBackgroundThrottling() {}
  setIgnoreMenuShortcuts() {}
  /** Chromium takes it for all pages at once, from the switch `webrtc-ip-handling-policy`. */
  setWebRTCIPHandlingPolicy() {}
}

export const WebContents = strictClass('WebContents', WebContentsImpl)

onApplicationMenuChanged(() => {
  for (const each of live.values()) each.updateKeyPolicy()
})

/** The `webContents` module: finding pages. */
export const webContents = {
  getAllWebContents: () => [...live.values()] as unknown as Electron.WebContents[],
  fromId: (id) => live.get(id) as unknown as Electron.WebContents | undefined,
  fromDevToolsTargetId: (targetId) =>
    [...live.values()].find((each) => each.targetId === targetId) as unknown as Electron.WebContents | undefined,
  getFocusedWebContents: () => ([...live.values()].find((each) => each.isFocused()) ?? null) as unknown as Electron.WebContents | null,
} satisfies Pick<typeof Electron.webContents, 'getAllWebContents' | 'fromId' | 'fromDevToolsTargetId' | 'getFocusedWebContents'>
