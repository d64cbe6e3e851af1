import EventEmitter from 'node:events'
import { createEvent } from './events.ts'
import { kernel } from './kernel.ts'
import type { Level, NativeWindow, Rectangle, SizeHints } from './native-window.ts'
import { atLeast, initialBounds, sizeHints } from './window-bounds.ts'

type Options = Electron.BrowserWindowConstructorOptions

type Provided = Pick<
  Electron.BrowserWindow,
  | 'maximize' | 'unmaximize' | 'isMaximized' | 'setKiosk' | 'isKiosk' | 'setFullScreen' | 'isFullScreen' | 'setAlwaysOnTop' | 'isAlwaysOnTop' | 'isModal'
  | 'getBounds' | 'setBounds' | 'getContentBounds' | 'getSize' | 'setSize' | 'getContentSize' | 'setContentSize' | 'getPosition' | 'setPosition' | 'center'
  | 'setMinimumSize' | 'getMinimumSize' | 'setResizable' | 'isResizable' | 'setMinimizable' | 'isMinimizable' | 'setMaximizable' | 'isMaximizable'
  | 'setClosable' | 'isClosable' | 'setMenu' | 'removeMenu' | 'setMenuBarVisibility' | 'isMenuBarVisible' | 'setAutoHideMenuBar' | 'setBackgroundColor'
  | 'setFullScreenable' | 'setIcon' | 'setContentProtection' | 'setSkipTaskbar' | 'flashFrame'
>

/** Where a window is, how large, and what the window manager is to do with it; without its page. */
export abstract class WindowGeometry extends EventEmitter implements Provided {
  protected hints: SizeHints
  protected bounds: Rectangle
  protected level: Level
  private isInKiosk: boolean

  constructor(options: Options) {
    super()
    this.setMaxListeners(0)
    this.hints = sizeHints(options)
    this.bounds = initialBounds(options, { width: 1280, height: 800 })
    this.isInKiosk = options.kiosk ?? false
    this.level = {
      isAlwaysOnTop: options.alwaysOnTop ?? false,
      isFullScreen: (options.fullscreen ?? false) || this.isInKiosk,
      isMaximized: false,
      isModal: options.modal ?? false,
    }
  }

  /** Does something to the frame once it is there; calls keep their order. */
  protected abstract frame(step: (native: NativeWindow) => void): void

  protected boundsChanged(bounds: Rectangle) {
    const { x, y, width, height } = this.bounds
    this.bounds = bounds
    if (bounds.width !== width || bounds.height !== height) this.emit('resize')
    if (bounds.x !== x || bounds.y !== y) this.emit('move')
  }

  private setLevel(change: Partial<Level>, ...events: string[]) {
    const next = { ...this.level, ...change }
    const isSame = (Object.keys(next) as (keyof Level)[]).every((key) => next[key] === this.level[key])
    this.level = next
    if (isSame) return
    this.frame((native) => {
      native.setLevel(next)
      for (const name of events) this.emit(name)
    })
  }
  private setHints(change: Partial<SizeHints>) {
    this.hints = { ...this.hints, ...change }
    this.setBounds({})
  }

  maximize() {
    this.setLevel({ isMaximized: true }, 'maximize')
  }
  unmaximize() {
    this.setLevel({ isMaximized: false }, 'unmaximize')
  }
  isMaximized() {
    return this.level.isMaximized
  }
  setFullScreen(flag: boolean) {
    this.setLevel({ isFullScreen: flag }, flag ? 'enter-full-screen' : 'leave-full-screen')
  }
  isFullScreen() {
    return this.level.isFullScreen
  }
  setKiosk(flag: boolean) {
    this.isInKiosk = flag
    this.setFullScreen(flag)
  }
  isKiosk() {
    return this.isInKiosk
  }
  setAlwaysOnTop(flag: boolean) {
    this.setLevel({ isAlwaysOnTop: flag })
    this.emit('always-on-top-changed', createEvent(), flag)
  }
  isAlwaysOnTop() {
    return this.level.isAlwaysOnTop
  }
  isModal() {
    return this.level.isModal
  }
  getBounds() {
    return { ...this.bounds }
  }
  getContentBounds() {
    return { ...this.bounds }
  }
  setBounds(change: Partial<Electron.Rectangle>) {
    const bounds = atLeast({ ...this.bounds, ...change }, this.hints)
    this.frame((native) => native.place(bounds, this.hints))
    this.boundsChanged(bounds)
  }
  getSize() {
    return [this.bounds.width, this.bounds.height]
  }
  setSize(width: number, height: number) {
    this.setBounds({ width, height })
  }
  getContentSize() {
    return this.getSize()
  }
  setContentSize(width: number, height: number) {
    this.setSize(width, height)
  }
  getPosition() {
    return [this.bounds.x, this.bounds.y]
  }
  setPosition(x: number, y: number) {
    this.setBounds({ x, y })
  }
  center() {
    const { width, height } = this.bounds
    void kernel.then(({ windows: { screen } }) => this.setBounds(initialBounds({ width, height }, screen)))
  }
  setMinimumSize(minWidth: number, minHeight: number) {
    this.setHints({ minWidth, minHeight })
  }
  getMinimumSize() {
    return [this.hints.minWidth, this.hints.minHeight]
  }
  setResizable(isResizable: boolean) {
    this.setHints({ isResizable })
  }
  isResizable() {
    return this.hints.isResizable
  }
  setMinimizable(isMinimizable: boolean) {
    this.setHints({ isMinimizable })
  }
  isMinimizable() {
    return this.hints.isMinimizable
  }
  setMaximizable(isMaximizable: boolean) {
    this.setHints({ isMaximizable })
  }
  isMaximizable() {
    return this.hints.isMaximizable
  }
  setClosable(isClosable: boolean) {
    this.setHints({ isClosable })
  }
  isClosable() {
    return this.hints.isClosable
  }
  isMenuBarVisible() {
    return false
  }
  // There is no menu bar, and nothing in X11 for the rest: to do nothing is what they mean here.
  setMenu() {}
  removeMenu() {}
  setMenuBarVisibility() {}
  setAutoHideMenuBar() {}
  setBackgroundColor() {}
  setFullScreenable() {}
  setIcon() {}
  setContentProtection() {}
  setSkipTaskbar() {}
  flashFrame() {}
}
