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

/** What the person waits for now, the offers or the receipt, comes before the window of the next challenge. */
const prepareAfterMs = 1_000

interface Open {
  readonly window: BrowserWindow
  disturbedAtMs: number
}

interface Prepared {
  /** Makes a window for the next challenge in a moment, as it does by itself when one has closed. */
  prepareSoon(): void
  /** Closes what is open or hidden; without a launcher there is no next challenge. */
  closeAll(): void
  contents(): WebContents | null
}

/**
 * A fresh window for each challenge: nothing of one question can linger in the next. It is made in advance, because that
 * takes as long as the rest of the question, and stays hidden, nameless and empty: its page is loaded when there is
 * something to ask.
 */
export function createConfirmWindow(deps: ConfirmWindowDeps): ConfirmWindow & Prepared {
  let open: Open | null = null
  let spare: BrowserWindow | null = null

  function disturb(which: Open): void {
    which.disturbedAtMs = deps.clock.monotonicMs()
    deps.onDisturbed()
  }

  function make(): BrowserWindow {
    const window = createPageWindow('confirm', deps.page, placement(deps))
    window.webContents.on('render-process-gone', () => window.destroy())
    return window
  }

  /** The spare if it is still there: it is gone when its process has crashed. */
  function takeSpare(): BrowserWindow | null {
    const taken = spare?.isDestroyed() ? null : spare
    spare = null
    return taken
  }

  function close(): void {
    open?.window.destroy()
    open = null
  }

  /** Not while a challenge is open: a new window could take the keyboard from it. */
  function prepare(): void {
    if (deps.parent() && !open) spare = takeSpare() ?? make()
  }

  function prepareSoon(): void {
    deps.clock.after(prepareAfterMs, prepare)
  }

  return {
    prepareSoon,
    closeAll() {
      close()
      takeSpare()?.destroy()
    },
    contents: () => (open && !open.window.isDestroyed() ? open.window.webContents : null),
    async open(onClosed) {
      const window = takeSpare() ?? make()
      const mine: Open = { window, disturbedAtMs: Number.POSITIVE_INFINITY }
      open = mine
      window.removeMenu()
      window.setTitle('Confirm purchase')
      window.setBackgroundColor(backgroundFor(deps.theme()))
      window.on('page-title-updated', (event) => event.preventDefault())
      window.on('show', () => disturb(mine))
      window.on('focus', () => disturb(mine))
      window.on('move', () => disturb(mine))
      window.on('resize', () => disturb(mine))
      window.on('closed', () => {
        if (open === mine) open = null
        onClosed()
        prepareSoon()
      })
      window.once('ready-to-show', () => window.show())
      await loadPage(window, 'confirm', deps.page)
    },
    calmForMs: () => (open?.window.isVisible() ? Math.max(0, deps.clock.monotonicMs() - open.disturbedAtMs) : 0),
    close,
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
    title: '',
    show: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    backgroundColor: backgroundFor(theme()),
  }
}
