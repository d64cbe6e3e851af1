import type { BrowserWindow, WebContents } from 'electron'
import type { Theme } from '../../contract/ipc/status.ts'
import type { Clock } from '../ports/clock.ts'
import type { ConfirmWindow } from '../ports/confirm-window.ts'
import { backgroundFor } from './background.ts'
import { createPageWindow, loadPage, type PageOptions } from './create-window.ts'

export interface ConfirmWindowDeps {
  readonly clock: Clock
  readonly parent: () => BrowserWindow | null
  readonly page: PageOptions
  readonly theme: () => Theme
  /** Told when the window was shown, moved, resized or came to the front. */
  readonly onDisturbed: () => void
}

interface Open {
  readonly window: BrowserWindow
  disturbedAtMs: number
}

/** A fresh window for each challenge: nothing of one question can linger in the next. */
export function createConfirmWindow(deps: ConfirmWindowDeps): ConfirmWindow & { contents(): WebContents | null } {
  let open: Open | null = null

  function disturb(which: Open): void {
    which.disturbedAtMs = deps.clock.monotonicMs()
    deps.onDisturbed()
  }

  return {
    contents: () => (open && !open.window.isDestroyed() ? open.window.webContents : null),
    async open(onClosed) {
      const window = createPageWindow('confirm', deps.page, placement(deps))
      const mine: Open = { window, disturbedAtMs: Number.POSITIVE_INFINITY }
      open = mine
      window.removeMenu()
      window.on('page-title-updated', (event) => event.preventDefault())
      window.on('show', () => disturb(mine))
      window.on('focus', () => disturb(mine))
      window.on('move', () => disturb(mine))
      window.on('resize', () => disturb(mine))
      window.on('closed', () => {
        if (open === mine) open = null
        onClosed()
      })
      window.webContents.on('render-process-gone', () => window.destroy())
      window.once('ready-to-show', () => window.show())
      await loadPage(window, 'confirm', deps.page)
    },
    calmForMs: () => (open?.window.isVisible() ? Math.max(0, deps.clock.monotonicMs() - open.disturbedAtMs) : 0),
    close() {
      open?.window.destroy()
      open = null
    },
  }
}

function placement({ parent, theme }: ConfirmWindowDeps) {
  const owner = parent()
  return {
    ...(owner && { parent: owner, modal: true }),
    width: 460,
    height: 640,
    minWidth: 360,
    minHeight: 420,
    title: 'Confirm purchase',
    show: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    backgroundColor: backgroundFor(theme()),
  }
}
