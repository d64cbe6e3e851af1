import type { BrowserWindow, Event, Input } from 'electron'
import { isKioskKey } from '../../domain/kiosk.ts'

/** Lets no key through that could lead out of the window, and no pinch change its size. Gives the function that ends it. */
export function lockKeys({ webContents }: Pick<BrowserWindow, 'webContents'>): () => void {
  const onKey = (event: Event, input: Input) => {
    if (!isKioskKey(input)) event.preventDefault()
  }
  webContents.on('before-input-event', onKey)
  webContents.setVisualZoomLevelLimits(1, 1).catch(() => {})
  return () => {
    if (!webContents.isDestroyed()) webContents.off('before-input-event', onKey)
  }
}
