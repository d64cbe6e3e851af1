import type { Birth } from './birth.ts'
import { createEvent } from './events.ts'
import { kernel } from './kernel.ts'
import type { NativeWindow, WindowSystem } from './native-window.ts'
import { strictClass } from './not-implemented.ts'
import { fromPartition } from './session.ts'
import { WebContents } from './web-contents.ts'
import type { WebContentsImpl } from './web-contents.ts'
import { initialBounds } from './window-bounds.ts'
import { watchWindowPage } from './window-page.ts'
import { WindowPresence } from './window-presence.ts'

type Options = Electron.BrowserWindowConstructorOptions

/** What windows tell the app around them. */
export type WindowObserver = {
  appPath: string
  name(): string
  onCreated(window: BrowserWindowImpl): void
  onFocus(window: BrowserWindowImpl, isFocused: boolean): void
  onClosed(window: BrowserWindowImpl): void
}

const windows = new Map<number, BrowserWindowImpl>()
let lastId = 0
let observer: WindowObserver

export const observeWindows = (by: WindowObserver) => void (observer = by)
export const allWindows = () => [...windows.values()].filter((each) => !each.isInternal())

type Provided = Pick<
  Electron.BrowserWindow,
  | 'id' | 'webContents' | 'loadURL' | 'loadFile' | 'reload' | 'capturePage' | 'close' | 'destroy' | 'isDestroyed' | 'getParentWindow' | 'setParentWindow'
  | 'getChildWindows' | 'isEnabled' | 'setEnabled'
>

export class BrowserWindowImpl extends WindowPresence implements Provided {
  readonly id: number
  readonly webContents: Electron.WebContents
  private readonly options: Options
  private readonly opened = Promise.withResolvers<NativeWindow>()
  private parent: BrowserWindowImpl | null
  private isClosing = false
  private settled: Promise<unknown> = Promise.resolve()
  private isGone = false
  private isInputEnabled = true

  constructor(options: Options = {}) {
    super(options, options.title ?? observer.name())
    lastId += 1
    this.id = lastId
    this.options = options
    this.parent = (options.parent as unknown as BrowserWindowImpl | undefined) ?? null
    const { preferences, session } = this.preferences()
    const contents = new WebContents({
      open: (birth) => this.open(birth),
      appPath: observer.appPath,
      preferences,
      session,
      openWindow: (url, over) => this.openChild(url, over),
      requestClose: () => this.close(),
      titleChanged: (title) => this.pageTitleChanged(title),
      isFocused: () => this.hasFocus,
      window: this,
    })
    this.webContents = contents as unknown as Electron.WebContents
    windows.set(this.id, this)
    if (options.show ?? true) this.show()
    if (!this.isInternal()) observer.onCreated(this)
    watchWindowPage(contents, {
      onGone: () => this.pageGone(),
      onStay: (settled) => {
        this.isClosing = false
        this.settled = settled
      },
      onReadyToShow: () => this.emit('ready-to-show'),
      wantsResponsive: () => this.listenerCount('unresponsive') > 0,
      onResponsive: (isResponsive) => this.emit(isResponsive ? 'responsive' : 'unresponsive'),
    }).catch(() => {})
  }

  private preferences() {
    const preferences = this.options.webPreferences ?? {}
    if (preferences.nodeIntegration) throw new Error('not implemented: webPreferences.nodeIntegration')
    if (preferences.contextIsolation === false) throw new Error('not implemented: webPreferences.contextIsolation: false')
    return { preferences, session: preferences.session ?? fromPartition(preferences.partition ?? '') }
  }

  private async open(birth: Birth): Promise<string> {
    const { windows: system } = await kernel
    const { targetId, native } = system.open(birth)
    native.then((found) => this.dress(found, system.screen)).then(this.opened.resolve, this.opened.reject)
    return targetId
  }

  /** Gives the frame what the app has asked for so far. */
  private async dress(native: NativeWindow, screen: WindowSystem['screen']): Promise<NativeWindow> {
    if (this.isGone) throw new Error('The window was closed before it opened')
    if (this.options.x === undefined) this.bounds = initialBounds({ ...this.options, width: this.bounds.width, height: this.bounds.height }, screen)
    native.listen({
      onFocus: (isFocused) => this.focusChanged(isFocused),
      onBounds: (bounds) => this.boundsChanged(bounds),
      onMapped: (isMapped) => this.isGone || this.mapChanged(isMapped),
    })
    native.setTitle(this.title)
    native.place(this.bounds, this.hints)
    if (this.parent) native.setParent(await this.parent.opened.promise)
    native.setLevel(this.level)
    return native
  }

  private openChild(url: string, over: Options) {
    const child = new BrowserWindow({ ...over, webPreferences: { ...this.options.webPreferences, ...over.webPreferences } })
    this.webContents.emit('did-create-window', child, { url, options: over })
    child.loadURL(url).catch(() => {})
  }

  protected override frame(step: (native: NativeWindow) => void) {
    this.opened.promise.then((native) => this.isGone || step(native), () => {})
  }

  protected override focusChanged(isFocused: boolean) {
    if (this.isGone) return
    const modal = isFocused && this.modalChild()
    if (modal) modal.frame((native) => (native.raise(), native.activate()))
    if (modal || this.hasFocus === isFocused) return
    this.hasFocus = isFocused
    this.emit(isFocused ? 'focus' : 'blur')
    if (!this.isInternal()) observer.onFocus(this, isFocused)
  }

  private pageTitleChanged(title: string) {
    if (title === '' || this.isGone) return
    if (!(this.webContents as unknown as WebContentsImpl).loading.setTitle(title)) return
    const event = createEvent()
    this.webContents.emit('page-title-updated', createEvent(), title, true)
    this.emit('page-title-updated', event, title, true)
    if (event.defaultPrevented) this.frame((native) => native.setTitle(this.title))
    else this.title = title
  }

  protected override presenceChanged() {
    this.updateParentInput()
    if (!this.isShown && this.level.isModal && this.parent?.isShown) this.parent.focus()
  }

  private modalChild() {
    return this.children().find((each) => each.level.isModal && each.isShown)
  }
  private children() {
    return [...windows.values()].filter((each) => each.parent === this)
  }

  /**
   * A shown modal child takes its parent's input: what the user does, as in Electron. What a debugger sends to the page
   * still reaches it there, and so it does here.
   */
  private updateParentInput() {
    if (!this.level.isModal || !this.parent || this.parent.isGone) return
    this.parent.applyInput()
  }
  private applyInput() {
    const isOn = this.isEnabled()
    this.frame((native) => native.setPointerInput(isOn))
  }

  private pageGone() {
    if (this.isGone) return
    // The user or the page closed it, past close(): the app can hear of it, no longer prevent it.
    if (!this.isClosing) this.emit('close', createEvent())
    this.finish()
  }

  private finish() {
    if (this.isGone) return
    this.isGone = true
    this.isShown = false
    windows.delete(this.id)
    for (const child of this.children()) child.destroy()
    this.presenceChanged()
    ;(this.webContents as unknown as WebContentsImpl).markDestroyed()
    this.emit('closed')
    if (!this.isInternal()) observer.onClosed(this)
  }

  loadURL(url: string, options?: Electron.LoadURLOptions) {
    return this.webContents.loadURL(url, options)
  }
  loadFile(file: string, options?: Electron.LoadFileOptions) {
    return this.webContents.loadFile(file, options)
  }
  reload() {
    this.webContents.reload()
  }
  capturePage(area?: Electron.Rectangle) {
    return this.webContents.capturePage(area)
  }

  close() {
    if (this.isGone || this.isClosing) return
    const event = createEvent()
    this.emit('close', event)
    if (event.defaultPrevented || this.isGone) return
    this.isClosing = true
    const contents = this.webContents as unknown as WebContentsImpl
    contents.ready.then(
      ({ session }) => (contents.isCrashed() ? this.destroy() : void this.settled.then(() => session.post('Page.close'))),
      () => this.finish(),
    )
  }
  destroy() {
    const contents = this.webContents as unknown as WebContentsImpl
    void Promise.all([kernel, contents.ready]).then(([{ cdp }, { targetId }]) => cdp.browser.post('Target.closeTarget', { targetId }), () => {})
    this.finish()
  }
  isDestroyed() {
    return this.isGone
  }
  /** @internal A window of the runtime itself, such as a message box. */
  isInternal() {
    return false
  }
  /** @internal Whether close() is under way and nobody has objected yet. */
  isBeingClosed() {
    return this.isClosing
  }
  getParentWindow() {
    return this.parent as unknown as Electron.BrowserWindow | null
  }
  setParentWindow(parent: Electron.BrowserWindow | null) {
    this.parent = parent as unknown as BrowserWindowImpl | null
    void Promise.all([this.opened.promise, this.parent?.opened.promise]).then(([native, owner]) => native.setParent(owner ?? null), () => {})
  }
  getChildWindows() {
    return this.children() as unknown as Electron.BrowserWindow[]
  }
  setEnabled(enable: boolean) {
    this.isInputEnabled = enable
    this.applyInput()
  }
  isEnabled() {
    return this.isInputEnabled && this.modalChild() === undefined
  }
  static getAllWindows() {
    return allWindows() as unknown as Electron.BrowserWindow[]
  }
  static getFocusedWindow() {
    return (allWindows().find((each) => each.hasFocus) ?? null) as unknown as Electron.BrowserWindow | null
  }
  static fromWebContents(contents: Electron.WebContents) {
    return (allWindows().find((each) => each.webContents === contents) ?? null) as unknown as Electron.BrowserWindow | null
  }
  static fromId(id: number) {
    return (windows.get(id) ?? null) as unknown as Electron.BrowserWindow | null
  }
}

export const BrowserWindow = strictClass('BrowserWindow', BrowserWindowImpl)
