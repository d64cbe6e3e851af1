import type { BrowserWindow, Rectangle } from 'electron'

/**
 * What can be seen of that part of the window's page, as the bytes of a PNG file; null where nothing can. In CSS pixels. What is beyond the
 * window is left out: the picture would be as large as was asked for, with nothing on it.
 */
export async function takePicture(window: BrowserWindow | null, area: Rectangle): Promise<Uint8Array | null> {
  if (!window || area.width < 1 || area.height < 1) return null
  const { width, height } = window.getContentBounds()
  const [x, y] = [Math.floor(area.x), Math.floor(area.y)]
  if (x >= width || y >= height) return null
  const seen = { x, y, width: Math.min(Math.ceil(area.width), width - x), height: Math.min(Math.ceil(area.height), height - y) }
  const image = await window.webContents.capturePage(seen)
  return image.isEmpty() ? null : image.toPNG()
}
