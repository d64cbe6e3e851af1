import type { BrowserWindow, Rectangle } from 'electron'
import { describe, expect, it } from 'vitest'
import { takePicture } from '../../../src/main/windows/take-picture.ts'

function windowOf(width: number, height: number) {
  const taken: Rectangle[] = []
  const image = { isEmpty: () => false, toPNG: () => Buffer.from('png') }
  const window = {
    getContentBounds: () => ({ x: 400, y: 300, width, height }),
    webContents: { capturePage: (area: Rectangle) => (taken.push(area), Promise.resolve(image)) },
  }
  return { taken, window: window as unknown as BrowserWindow }
}

describe('a picture of a part of the page', () => {
  it('is of whole pixels around it', async () => {
    const { taken, window } = windowOf(1000, 700)
    expect(await takePicture(window, { x: 10.4, y: 20.6, width: 300.2, height: 200 })).toEqual(Buffer.from('png'))
    expect(taken).toEqual([{ x: 10, y: 20, width: 301, height: 200 }])
  })

  it('is never larger than the window, whatever a page asks for: all of it would be held in memory', async () => {
    const { taken, window } = windowOf(1000, 700)
    await takePicture(window, { x: 0, y: 100, width: 10_000, height: 10_000 })
    expect(taken).toEqual([{ x: 0, y: 100, width: 1000, height: 600 }])
  })

  it.each([
    { x: 1000, y: 0, width: 10, height: 10 },
    { x: 0, y: 5000, width: 10, height: 10 },
    { x: 0, y: 0, width: 0, height: 10 },
  ])('of nothing that can be seen is none: %j', async (area) => {
    const { taken, window } = windowOf(1000, 700)
    expect([await takePicture(window, area), taken]).toEqual([null, []])
    expect(await takePicture(null, area)).toBeNull()
  })
})
