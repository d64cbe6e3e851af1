/** A game controller that a page finds, without one being there. */
import type { Page } from '@playwright/test'

export interface FakeGamepad {
  /** Holds these buttons of the standard mapping down, and no others. */
  hold(...buttons: readonly number[]): Promise<void>
  /** Presses a button and lets it go. */
  press(button: number): Promise<void>
}

export const padButton = { a: 0, b: 1, leftBumper: 4, rightBumper: 5, up: 12, down: 13, left: 14, right: 15 } as const

export async function fakeGamepad(page: Page): Promise<FakeGamepad> {
  await page.evaluate(() => {
    const buttons = Array.from({ length: 17 }, () => ({ pressed: false, touched: false, value: 0 }))
    const pad = { id: 'test', index: 0, connected: true, mapping: 'standard', timestamp: 0, axes: [0, 0, 0, 0], buttons }
    Object.assign(globalThis, { padButtons: buttons })
    navigator.getGamepads = () => [pad as unknown as Gamepad]
    dispatchEvent(new Event('gamepadconnected'))
  })
  /** After two frames the page has seen it. */
  const hold = (...held: readonly number[]) =>
    page.evaluate((indices) => {
      const { padButtons } = globalThis as unknown as { padButtons: { pressed: boolean }[] }
      padButtons.forEach((button, at) => (button.pressed = indices.includes(at)))
      return new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done()))))
    }, held)
  return {
    hold,
    async press(button) {
      await hold(button)
      await hold()
    },
  }
}
