import type { NativeWindow } from './native-window.ts'
import { WindowGeometry } from './window-geometry.ts'

type Provided = Pick<
  Electron.BrowserWindow,
  | 'show' | 'showInactive' | 'hide' | 'focus' | 'blur' | 'moveTop' | 'isVisible' | 'isFocused' | 'minimize' | 'isMinimized' | 'restore' | 'setTitle' | 'getTitle'
>

/** Whether a window is on the screen and has the keyboard, and the name it has there. */
export abstract class WindowPresence extends WindowGeometry implements Provided {
  protected title: string
  protected isShown = false
  protected hasFocus = false
  private isIconic = false

  constructor(options: Electron.BrowserWindowConstructorOptions, title: string) {
    super(options)
    this.title = title
  }

  /** Called when the app has shown or hidden the window, before the screen has. */
  protected abstract presenceChanged(): void
  /** Called when the keyboard has come to the window or left it. */
  protected abstract focusChanged(isFocused: boolean): void

  /** The screen says that the window is on it, or no longer. */
  protected mapChanged(isMapped: boolean) {
    if (this.isIconic && !isMapped) this.emit('minimize')
    else if (this.isIconic && isMapped) {
      this.isIconic = false
      this.emit('restore')
    } else this.emit(isMapped ? 'show' : 'hide')
    if (!isMapped && this.hasFocus) this.focusChanged(false)
  }

  show() {
    this.present((native) => native.show(true))
  }
  showInactive() {
    this.present((native) => native.show(false))
  }
  private present(step: (native: NativeWindow) => void) {
    this.isShown = true
    this.isIconic = false
    this.presenceChanged()
    this.frame(step)
  }
  hide() {
    this.isShown = false
    this.frame((native) => native.hide())
    this.presenceChanged()
  }
  focus() {
    this.frame((native) => (native.raise(), native.activate()))
  }
  blur() {
    this.frame((native) => native.deactivate())
  }
  moveTop() {
    this.frame((native) => native.raise())
  }
  isVisible() {
    return this.isShown
  }
  isFocused() {
    return this.hasFocus
  }
  minimize() {
    this.isIconic = true
    this.frame((native) => native.minimize())
  }
  isMinimized() {
    return this.isIconic
  }
  restore() {
    if (this.isIconic) this.frame((native) => native.show(true))
    else this.unmaximize()
  }
  setTitle(title: string) {
    this.title = title
    this.frame((native) => native.setTitle(title))
  }
  getTitle() {
    return this.title
  }
}
