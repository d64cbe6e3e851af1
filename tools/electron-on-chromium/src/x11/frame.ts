import type { Level, NativeListener, NativeWindow, SizeHints } from '../native-window.ts'
import type { XEvent } from './connection.ts'
import { event } from './requests.ts'
import type { X } from './requests.ts'

export type XFrame = { window: number; native: NativeWindow; receive(received: XEvent): void; isShown(): boolean; isManaged: boolean }

const stateNames: Record<keyof Level, string[]> = {
  isAlwaysOnTop: ['_NET_WM_STATE_ABOVE'],
  isFullScreen: ['_NET_WM_STATE_FULLSCREEN'],
  isMaximized: ['_NET_WM_STATE_MAXIMIZED_VERT', '_NET_WM_STATE_MAXIMIZED_HORZ'],
  isModal: ['_NET_WM_STATE_MODAL'],
}

const noLevel: Level = { isAlwaysOnTop: false, isFullScreen: false, isMaximized: false, isModal: false }

/** Which of its functions a window manager offers for the window (Motif's MwmHints, which all of them read). */
function motifHints({ isResizable, isMinimizable, isMaximizable, isClosable }: SizeHints): number[] {
  const flags = { functions: 1, decorations: 2 }
  const functions = (isResizable ? 2 : 0) | 4 | (isMinimizable ? 8 : 0) | (isMaximizable ? 16 : 0) | (isClosable ? 32 : 0)
  const decorations = 1
  return [flags.functions | flags.decorations, functions, decorations, 0, 0]
}

/** Crossing events that only say the pointer or a child window is concerned. */
const focusNoise = new Set([2, 5, 6, 7])

/**
 * One Chromium window under X11. With a window manager it is asked; without one we do what a manager would:
 * give the keyboard, fill the screen, keep children above.
 */
export function createXFrame(x: X, window: number, isManaged: boolean, frameOf: (native: NativeWindow) => XFrame | undefined): XFrame {
  let listener: NativeListener | undefined
  let isShown = false
  let isMapped = true
  let shouldActivate = false
  let level = noLevel
  let placed = { x: 0, y: 0, width: 800, height: 600 }
  // Requests that first need an atom must not be overtaken by ones that do not.
  let order: Promise<unknown> = Promise.resolve()
  const then = (step: () => unknown) => void (order = order.then(step).catch(() => {}))

  let isTold = false
  const tell = (isOnScreen: boolean) => {
    if (isTold === isOnScreen) return
    isTold = isOnScreen
    listener?.onMapped(isOnScreen)
  }
  /** What Chromium has mapped of its own accord. From now on it counts as not mapped, so that whoever shows it meanwhile maps it again. */
  const takeBack = () => {
    isMapped = false
    x.withdraw(window)
  }

  const focus = () => {
    if (!isManaged) x.focus(window)
    else return x.tellManager(window, '_NET_ACTIVE_WINDOW', 2, 0, 0)
  }

  const applyLevel = async (previous: Level) => {
    const names = (Object.keys(stateNames) as (keyof Level)[])
    if (!isManaged) {
      const fill = level.isFullScreen || level.isMaximized
      if (fill !== (previous.isFullScreen || previous.isMaximized)) x.place(window, fill ? { x: 0, y: 0, ...x.screen } : placed)
    } else if (isShown) {
      for (const name of names.filter((each) => level[each] !== previous[each])) {
        const [first = 0, second = 0] = await Promise.all(stateNames[name].map(x.atom))
        await x.tellManager(window, '_NET_WM_STATE', level[name] ? 1 : 0, first, second, 2)
      }
    } else {
      await x.setAtoms(window, '_NET_WM_STATE', names.filter((name) => level[name]).flatMap((name) => stateNames[name]))
    }
  }

  const receive = ({ type, isSynthetic, bytes }: XEvent) => {
    if (type === event.map) {
      isMapped = true
      if (!isShown) return takeBack()
      tell(true)
      // Chromium writes the window's state itself when it maps it, and what was wished for before may be gone by that.
      if (isManaged) then(() => applyLevel(noLevel))
      if (shouldActivate) then(focus)
      shouldActivate = false
    } else if (type === event.unmap) {
      if (isMapped && isShown) tell(false)
      isMapped = false
    } else if (type === event.configure) {
      const size = { width: bytes.readUInt16LE(20), height: bytes.readUInt16LE(22) }
      if (isSynthetic || !isManaged) listener?.onBounds({ x: bytes.readInt16LE(16), y: bytes.readInt16LE(18), ...size })
      else void x.geometry(window).then((bounds) => bounds && listener?.onBounds(bounds))
    } else if ((type === event.focusIn || type === event.focusOut) && isShown && !focusNoise.has(bytes[1]!)) {
      const isGrab = bytes[8] === 1 || bytes[8] === 2
      if (!isGrab) listener?.onFocus(type === event.focusIn)
    }
  }

  const native: NativeWindow = {
    listen: (to) => void (listener = to),
    show(activate) {
      isShown = true
      then(() => {
        if (isMapped) return activate ? focus() : undefined
        shouldActivate = activate
        if (!activate) void x.setWords(window, '_NET_WM_USER_TIME', 'CARDINAL', [0])
        x.map(window)
        x.raise(window)
      })
    },
    hide() {
      then(() => {
        x.withdraw(window)
        if (isMapped) tell(false)
        isShown = isMapped = false
      })
    },
    activate: () => then(focus),
    deactivate: () => then(() => x.focus(1)),
    raise: () => then(() => x.raise(window)),
    minimize() {
      then(() => (isManaged ? x.tellManager(window, 'WM_CHANGE_STATE', 3) : x.unmap(window)))
    },
    place(bounds, hints) {
      const { minWidth, minHeight, isResizable } = hints
      placed = bounds
      then(async () => {
        const lowest = isResizable ? [minWidth, minHeight] : [bounds.width, bounds.height]
        const highest = isResizable ? [0x7fff, 0x7fff] : lowest
        const userPositionAndSize = 1 | 2
        const limits = 16 | 32
        await x.setWords(window, 'WM_NORMAL_HINTS', 'WM_SIZE_HINTS', [
          userPositionAndSize | limits, bounds.x, bounds.y, bounds.width, bounds.height, ...lowest, ...highest, 0, 0, 0, 0, 0, 0, 0, 0, 1,
        ])
        await x.setWords(window, '_MOTIF_WM_HINTS', '_MOTIF_WM_HINTS', motifHints(hints))
        x.place(window, bounds)
      })
    },
    setLevel(next) {
      const previous = level
      level = next
      then(() => applyLevel(previous))
    },
    setTitle(title) {
      then(async () => {
        await x.setText(window, '_NET_WM_NAME', title)
        await x.setText(window, 'WM_NAME', title)
      })
    },
    setPointerInput: (isOn) => then(() => x.setPointerInput(window, isOn)),
    setParent(parent) {
      const owner = parent && frameOf(parent)
      if (owner) then(() => x.setWords(window, 'WM_TRANSIENT_FOR', 'WINDOW', [owner.window]))
    },
  }
  // Chromium has mapped it, or is about to: `receive` takes it back either way.
  void x.isMapped(window).then((mapped) => {
    isMapped = mapped
    if (mapped && !isShown) takeBack()
    // It was mapped before anybody listened, and shown before that was known.
    else if (mapped) tell(true)
  })
  return { window, native, receive, isShown: () => isShown, isManaged }
}
