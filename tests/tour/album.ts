import { join } from 'node:path'
import type { Page } from '@playwright/test'

export interface Album {
  /** Takes a picture of the window, numbered in the order of the story. `what` becomes part of the file's name. */
  take(page: Page, what: string): Promise<void>
  pictures(): readonly string[]
}

export function createAlbum(outDir: string): Album {
  const taken: string[] = []
  return {
    async take(page, what) {
      const name = `${String(taken.length + 1).padStart(2, '0')}-${what}.png`
      await page.evaluate(() => document.fonts.ready)
      // The screen's pointer may rest on something, which then looks chosen.
      await page.mouse.move(0, 0)
      await page.screenshot({ path: join(outDir, name), animations: 'disabled' })
      taken.push(name)
    },
    pictures: () => taken,
  }
}
