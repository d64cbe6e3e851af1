import { type BrowserWindow, dialog } from 'electron'
import type { Theme } from '../../contract/ipc/status.ts'
import { backgroundFor } from './background.ts'
import { createPageWindow, loadPage, type PageOptions } from './create-window.ts'

/** A page that crashes again this soon after it was loaded anew would go on crashing. */
const crashesAgainWithinMs = 60_000

/** In kiosk mode the window fills the screen, and no crash of its page ends the app or opens a box. */
interface KioskCare {
  isOn(): boolean
  /** Takes care of a page that has crashed; false outside of kiosk mode. */
  revive(): boolean
}

interface LauncherOptions {
  readonly theme: Theme
  readonly kiosk: KioskCare
  readonly onFailed: (error: unknown) => void
}

/** Opens the launcher; it is shown as soon as its first frame is ready, and closed when its page cannot be kept going. */
export function openLauncherWindow(page: PageOptions, { theme, kiosk, onFailed }: LauncherOptions): BrowserWindow {
  const window = createPageWindow('launcher', page, {
    width: 1180,
    height: 780,
    minWidth: 480,
    minHeight: 400,
    title: 'Tuppence',
    show: false,
    backgroundColor: backgroundFor(theme),
    ...(kiosk.isOn() && { kiosk: true }),
  })
  const load = () =>
    loadPage(window, 'launcher', page).catch((error: unknown) => {
      // Without a page it would never be shown, and the app would run on where nobody sees it.
      onFailed(error)
      if (!window.isDestroyed()) window.destroy()
    })
  window.once('ready-to-show', () => window.show())
  reviveOnce(window, load, kiosk)
  void load()
  return window
}

/** A crashed page is loaded anew: what it showed is kept in main. One that crashes again at once is given up, with words. */
function reviveOnce(window: BrowserWindow, load: () => Promise<void>, kiosk: KioskCare): void {
  let crashedAtMs = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', () => {
    if (window.isDestroyed() || kiosk.revive()) return
    const nowMs = performance.now()
    const isFirst = nowMs - crashedAtMs > crashesAgainWithinMs
    crashedAtMs = nowMs
    if (isFirst) return void load()
    // There is no page left that could say it.
    dialog.showErrorBox(
      'Tuppence has to close',
      'Nothing is charged without your yes. A payment that you have confirmed is finished, or found again at the next start, and never charged twice.\n\nThe window stopped working twice within a minute. Start Tuppence again; if it happens again, restart the computer.',
    )
    window.destroy()
  })
}
