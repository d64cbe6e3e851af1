import type { Birth } from '../birth.ts'
import type { NativeWindow, WindowSystem } from '../native-window.ts'
import { createXFrame } from './frame.ts'
import type { XFrame } from './frame.ts'
import { event, mask } from './requests.ts'
import type { X } from './requests.ts'

export type Pages = {
  /** Makes Chromium open a plain window whose WM_CLASS will contain the token; resolves with its target. */
  openPage(birth: Birth): Promise<string>
  processId(): number
}

/**
 * Finds the X window of each page we ask Chromium for by a token in its class, and takes it off the screen
 * before Chromium has painted it, so that a window appears only when, where and how the app says.
 */
export async function createXWindows(x: X, pages: Pages): Promise<WindowSystem> {
  const wanted = new Map<string, (window: number) => void>()
  const frames = new Map<number, XFrame>()
  const undecided = new Set<number>()
  let lastFocused: XFrame | undefined
  const hasManager = () => x.getProperty(x.root, '_NET_SUPPORTING_WM_CHECK').then((value) => value !== null)

  const readClass = async (window: number) => (await x.getProperty(window, 'WM_CLASS'))?.toString('latin1')
  const isOurs = async (window: number) =>
    (await x.getProperty(window, '_NET_WM_PID'))?.readUInt32LE(0) === pages.processId()

  const decide = async (window: number) => {
    if (!undecided.has(window)) return
    const name = await readClass(window)
    if (name === undefined || !undecided.delete(window)) return
    const token = [...wanted.keys()].find((key) => name.includes(key))
    if (token !== undefined) {
      wanted.get(token)!(window)
      wanted.delete(token)
    } else if (name.startsWith('chromium') && name.includes('(') && (await isOurs(window))) {
      // A browser window that a page opened past us; its page is being closed too.
      x.withdraw(window)
    }
  }

  const wmClass = await x.atom('WM_CLASS')
  x.onEvent((received) => {
    const { type, bytes } = received
    const subject = bytes.readUInt32LE(4)
    if (type === event.create) {
      const isOverride = bytes[22] !== 0
      if (isOverride) return
      const window = bytes.readUInt32LE(8)
      undecided.add(window)
      x.selectEvents(window, mask.structure | mask.property | mask.focus)
      void decide(window)
      return
    }
    // The root window is told of everything, too; each window's own report is enough.
    if (subject === x.root) return
    if (type === event.destroy) {
      undecided.delete(subject)
      frames.delete(subject)
      if (lastFocused?.window === subject) lastFocused = undefined
    } else if (type === event.map || (type === event.property && bytes.readUInt32LE(8) === wmClass)) {
      void decide(subject)
    }
    const frame = frames.get(subject)
    if (frame && type === event.focusIn && frame.isShown()) lastFocused = frame
    frame?.receive(received)
    // Without a manager a new window takes the keyboard, and loses it again when it is taken off the screen.
    const wasNeverShown = frame && type === event.unmap && !frame.isShown() && frame !== lastFocused
    if (wasNeverShown && !frame.isManaged && lastFocused?.isShown()) lastFocused.native.activate()
  })
  x.selectEvents(x.root, mask.substructure)

  const frameOf = async (found: Promise<number>) => {
    const [window, managed] = await Promise.all([found, hasManager()])
    const frame = createXFrame(x, window, managed, (native: NativeWindow) => [...frames.values()].find((each) => each.native === native))
    frames.set(window, frame)
    return frame.native
  }

  return {
    screen: x.screen,
    open(birth) {
      const found = new Promise<number>((resolve) => wanted.set(birth.token, resolve))
      return { targetId: pages.openPage(birth), native: frameOf(found) }
    },
    close: () => x.close(),
  }
}
