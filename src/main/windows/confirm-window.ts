import type { BrowserWindow, WebContents } from 'electron'
import type { Theme } from '../../contract/ipc/status.ts'
import type { Clock } from '../ports/clock.ts'
import type { ConfirmWindow } from '../ports/confirm-window.ts'
import { backgroundFor } from './background.ts'
import { loadPage, type PageOptions } from './create-window.ts'
import { createSpareWindow } from './spare-window.ts'

export interface ConfirmWindowDeps {
  readonly clock: Clock
  readonly parent: () => BrowserWindow | null
  readonly page: PageOptions
  readonly theme: () => Theme
  /** In kiosk mode it fills the screen. */
  readonly isKiosk: () => boolean
  /** Told when the window was shown, moved, resized or came to the front. */
  readonly onDisturbed: () => void
}

const titles = { purchase: 'Confirm purchase', questions: 'Tuppence asks' }

interface Open {
  readonly window: BrowserWindow
  disturbedAtMs: number
}

/** What the composition root does with the window besides. */
interface WindowCare {
  /** Makes a window for the next challenge in a moment, as it does by itself when one has closed. */
  prepareSoon(): void
  /** Closes what is open or hidden; without a launcher there is no next challenge. */
  closeAll(): void
  contents(): WebContents | null
}

/** A fresh window for each challenge, made in advance: nothing of one question can linger in the next. */
export function createConfirmWindow(deps: ConfirmWindowDeps): ConfirmWindow & WindowCare {
  let open: Open | null = null
  const spare = createSpareWindow({ ...deps, isOneOpen: () => open !== null })

  function disturb(which: Open): void {
    which.disturbedAtMs = deps.clock.monotonicMs()
    deps.onDisturbed()
  }

  function close(): void {
    open?.window.destroy()
    open = null
  }

  return {
    prepareSoon: spare.prepareSoon,
    closeAll() {
      close()
      spare.close()
    },
    contents: () => (open && !open.window.isDestroyed() ? open.window.webContents : null),
    async open(onClosed, what = 'purchase') {
      const window = spare.take()
      const mine: Open = { window, disturbedAtMs: Number.POSITIVE_INFINITY }
      open = mine
      window.removeMenu()
      window.setTitle(titles[what])
      window.setBackgroundColor(backgroundFor(deps.theme()))
      window.on('page-title-updated', (event) => event.preventDefault())
      window.on('show', () => disturb(mine))
      window.on('focus', () => disturb(mine))
      window.on('move', () => disturb(mine))
      window.on('resize', () => disturb(mine))
      window.on('closed', () => {
        if (open === mine) open = null
        onClosed()
        spare.prepareSoon()
      })
      window.once('ready-to-show', () => window.show())
      await loadPage(window, 'confirm', deps.page)
    },
    calmForMs: () => (open?.window.isVisible() ? Math.max(0, deps.clock.monotonicMs() - open.disturbedAtMs) : 0),
    close,
  }
}
