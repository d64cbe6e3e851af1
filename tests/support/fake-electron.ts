/** As much of Electron's module as the windows use, for `vi.mock('electron', () => import('…/fake-electron.ts'))`. */
import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, WebContents } from 'electron'

type Handler = (request: { readonly url: string; readonly method: string }) => Promise<Response>

export class FakeSession extends EventEmitter {
  readonly partition: string
  readonly handlers = new Map<string, Handler>()
  readonly guards: { request?: unknown; check?: unknown; device?: unknown } = {}

  constructor(partition = '') {
    super()
    this.partition = partition
  }

  readonly protocol = {
    handle: (scheme: string, handler: Handler) => {
      if (this.handlers.has(scheme)) throw new Error(`${scheme} is handled already`)
      this.handlers.set(scheme, handler)
    },
    isProtocolHandled: (scheme: string) => this.handlers.has(scheme),
  }

  setPermissionRequestHandler(handler: unknown): void {
    this.guards.request = handler
  }

  setPermissionCheckHandler(handler: unknown): void {
    this.guards.check = handler
  }

  setDevicePermissionHandler(handler: unknown): void {
    this.guards.device = handler
  }

  /** What the session answers to a request of its page. */
  async fetch(url: string, method = 'GET'): Promise<Response> {
    const handler = this.handlers.get(url.slice(0, url.indexOf(':')))
    if (!handler) throw new Error('no such protocol')
    return handler({ url, method })
  }
}

const sessions = new Map<string, FakeSession>()
export const session = {
  fromPartition(partition: string): FakeSession {
    const found = sessions.get(partition) ?? new FakeSession(partition)
    sessions.set(partition, found)
    return found
  },
}

export class FakeWebContents extends EventEmitter {
  windowOpenHandler: ((details: { readonly url: string }) => { readonly action: string }) | null = null
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { readonly action: string }): void {
    this.windowOpenHandler = handler
  }

  webRtcPolicy = 'default'
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = []
  static loadFailure: Error | null = null
  readonly options: BrowserWindowConstructorOptions
  readonly fakeContents = new FakeWebContents()
  readonly webContents = this.fakeContents as unknown as WebContents
  readonly loaded: string[] = []
  hasMenu = true
  title: string
  background: string | undefined
  #isVisible = false
  #isDestroyed = false

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    this.title = options.title ?? ''
    this.background = options.backgroundColor
    BrowserWindow.all.push(this)
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    await Promise.resolve()
    if (BrowserWindow.loadFailure) throw BrowserWindow.loadFailure
    if (!this.#isDestroyed) this.emit('ready-to-show')
  }

  show(): void {
    this.#isVisible = true
    this.emit('show')
  }

  hide(): void {
    this.#isVisible = false
    this.emit('hide')
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isVisible = false
    this.#isDestroyed = true
    this.emit('closed')
  }

  removeMenu(): void {
    this.hasMenu = false
  }

  setTitle(title: string): void {
    this.title = title
  }

  setBackgroundColor(color: string): void {
    this.background = color
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }
}

/** The boxes that were shown, as `title: content`. */
export const errorBoxes: string[] = []
export const dialog = {
  showErrorBox: (title: string, content: string) => void errorBoxes.push(`${title}: ${content}`),
}

/** As after a start of the app. */
export function resetElectron(): void {
  errorBoxes.length = 0
  sessions.clear()
  BrowserWindow.all.length = 0
  BrowserWindow.loadFailure = null
}

/** The windows that were made, oldest first. */
export function windows(): readonly BrowserWindow[] {
  return BrowserWindow.all
}

/** The newest window; throws when there is none. */
export function newestWindow(): BrowserWindow {
  const window = BrowserWindow.all.at(-1)
  if (!window) throw new Error('no window was made')
  return window
}
