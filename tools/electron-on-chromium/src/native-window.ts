import type { Birth } from './birth.ts'
import type { Rectangle } from './x11/requests.ts'

export type { Rectangle } from './x11/requests.ts'

/** What happens to a window outside the page: the user's and the window manager's doing as well as our own. */
export type NativeListener = {
  onFocus(isFocused: boolean): void
  onBounds(bounds: Rectangle): void
  onMapped(isMapped: boolean): void
}

export type Level = { isAlwaysOnTop: boolean; isFullScreen: boolean; isMaximized: boolean; isModal: boolean }

/** What the user and the window manager may do with a window. */
export type SizeHints = {
  minWidth: number
  minHeight: number
  isResizable: boolean
  isMinimizable: boolean
  isMaximizable: boolean
  isClosable: boolean
}

/** The frame around a page. Calls take effect in order; none of them waits. */
export type NativeWindow = {
  listen(listener: NativeListener): void
  /** Puts the window on the screen; `activate` also gives it the keyboard. */
  show(activate: boolean): void
  hide(): void
  activate(): void
  /** Gives the keyboard away without hiding. */
  deactivate(): void
  raise(): void
  minimize(): void
  place(bounds: Rectangle, hints: SizeHints): void
  setLevel(level: Level): void
  setTitle(title: string): void
  setParent(parent: NativeWindow | null): void
  /** Whether the user's pointer reaches the page. */
  setPointerInput(isOn: boolean): void
}

/** A new page in a frame of its own, not yet on the screen. The page can be worked with before its frame is found. */
export type OpenedWindow = { targetId: Promise<string>; native: Promise<NativeWindow> }

export type WindowSystem = {
  screen: { width: number; height: number }
  open(birth: Birth): OpenedWindow
  close(): void
}
