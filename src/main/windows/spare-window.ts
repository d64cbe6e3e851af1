import type { BrowserWindow } from 'electron'
import type { Theme } from '../../contract/ipc/status.ts'
import type { Clock } from '../ports/clock.ts'
import { backgroundFor } from './background.ts'
import { lockKeys } from './kiosk-lock.ts'
import { createPageWindow, type PageOptions } from './create-window.ts'

export interface SpareWindowDeps {
  readonly clock: Pick<Clock, 'after'>
  readonly parent: () => BrowserWindow | null
  readonly page: PageOptions
  readonly theme: () => Theme
  readonly isKiosk: () => boolean
  /** While there is one, a new window could take the keyboard from it. */
  readonly isOneOpen: () => boolean
}

/** What the person waits for now, the offers or the receipt, comes before the window of the next challenge. */
const prepareAfterMs = 1_000

/**
 * The window of the next challenge, made in advance, because that takes as long as the rest of the question. It stays hidden,
 * nameless and empty: its page is loaded when there is something to ask.
 */
export function createSpareWindow(deps: SpareWindowDeps) {
  let spare: BrowserWindow | null = null

  /** It is gone when its process has crashed. */
  function takeSpare(): BrowserWindow | null {
    const taken = spare?.isDestroyed() ? null : spare
    spare = null
    return taken
  }

  return {
    take: () => takeSpare() ?? make(deps),
    prepareSoon(): void {
      deps.clock.after(prepareAfterMs, () => {
        if (deps.parent() && !deps.isOneOpen()) spare = takeSpare() ?? make(deps)
      })
    },
    close: () => takeSpare()?.destroy(),
  }
}

function make(deps: SpareWindowDeps): BrowserWindow {
  const window = createPageWindow('confirm', deps.page, placement(deps))
  window.webContents.on('render-process-gone', () => window.destroy())
  if (deps.isKiosk()) {
    lockKeys(window)
    // There is nobody who could close it.
    window.webContents.on('unresponsive', () => window.destroy())
  }
  return window
}

function placement({ parent, theme, isKiosk }: SpareWindowDeps) {
  const owner = parent()
  return {
    ...(owner && { parent: owner, modal: true }),
    width: 460,
    height: 640,
    minWidth: 360,
    minHeight: 420,
    title: '',
    show: false,
    minimizable: false,
    // Nothing of what is behind it can be reached.
    ...(isKiosk() ? { kiosk: true } : { fullscreenable: false, maximizable: false }),
    backgroundColor: backgroundFor(theme()),
  }
}
