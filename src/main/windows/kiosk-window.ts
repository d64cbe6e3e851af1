/** Keeps the launcher's window where it is in kiosk mode, and its page going. */
import type { BrowserWindow } from 'electron'
import { lockKeys } from './kiosk-lock.ts'
import { askEveryMs, createHeartbeat } from './heartbeat.ts'

export interface KioskWindowDeps {
  readonly launcher: () => BrowserWindow | null
  readonly isOn: () => boolean
  /** Loads the launcher's page from the beginning. */
  readonly load: (window: BrowserWindow) => Promise<void>
  /** Asks the page whether it works. */
  readonly ask: () => void
  /** The page crashed or hung, and whoever sat in front of it begins anew: `loadAnew` is called on the way. */
  readonly onGone: () => void
  readonly onUnexpected: (error: unknown) => void
}

/** A page that fails again this soon is given this long before it is loaded again, in milliseconds. */
const againWithinMs = 10_000
const waitMs = 1_000

export function createKioskWindow(deps: KioskWindowDeps) {
  let unlock: (() => void) | null = null
  let goneAtMs = Number.NEGATIVE_INFINITY
  let isGoneAgain = false
  const heartbeat = createHeartbeat({ ask: deps.ask, onHung: () => crash(deps.launcher()) })

  function load(): void {
    const window = deps.launcher()
    if (window && !window.isDestroyed()) deps.load(window).catch(deps.onUnexpected)
  }

  function loadAnew(): void {
    heartbeat.forget()
    if (isGoneAgain) setTimeout(load, waitMs)
    else load()
    isGoneAgain = false
  }

  function hold(window: BrowserWindow): void {
    unlock?.()
    unlock = deps.isOn() ? lockKeys(window) : null
  }

  const tick = () => {
    if (deps.isOn() && deps.launcher()) heartbeat.tick()
  }
  const timer = setInterval(tick, askEveryMs)

  return {
    answered: heartbeat.answered,
    loadAnew,
    stop: () => clearInterval(timer),
    /** Follows a window from its beginning. */
    follow(window: BrowserWindow): void {
      hold(window)
      window.webContents.on('unresponsive', () => deps.isOn() && crash(window))
      // Whatever the window manager did: it goes back to where it was.
      window.on('leave-full-screen', () => deps.isOn() && window.setKiosk(true))
      window.on('minimize', () => deps.isOn() && window.restore())
    },
    /** After kiosk mode has begun or ended; the page is still the old one. */
    turned(): void {
      const window = deps.launcher()
      if (!window) return
      window.setKiosk(deps.isOn())
      hold(window)
    },
    /** Takes care of a page that has crashed; false outside of kiosk mode. */
    revive(): boolean {
      if (!deps.isOn()) return false
      const nowMs = performance.now()
      isGoneAgain = nowMs - goneAtMs < againWithinMs
      goneAtMs = nowMs
      deps.onGone()
      return true
    },
  }
}

/** A page that hangs is not loaded anew before its process has ended. */
function crash(window: BrowserWindow | null): void {
  if (window && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
}
