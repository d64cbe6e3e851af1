import type { BrowserWindow, Rectangle } from 'electron'

/** What can be seen of that part of the window's page, as the bytes of a PNG file; null where nothing can. In CSS pixels. */
export async function takePicture(window: BrowserWindow | null, area: Rectangle): Promise<Uint8Array | null> {
  if (!window || area.width < 1 || area.height < 1) return null
  const whole = { x: Math.floor(area.x), y: Math.floor(area.y), width: Math.ceil(area.width), height: Math.ceil(area.height) }
  const image = await window.webContents.capturePage(whole)
  return image.isEmpty() ? null : image.toPNG()
}
