/** A game controller that a page finds, without one being there. */
import type { Page } from '@playwright/test'

export interface FakeGamepad {
  /** Holds these buttons of the standard mapping down, and no others. Resolves once the page has looked. */
  hold(...buttons: readonly number[]): Promise<void>
  /** Presses a button and lets it go. */
  press(button: number): Promise<void>
}

export const padButton = { a: 0, b: 1, leftBumper: 4, rightBumper: 5, up: 12, down: 13, left: 14, right: 15 } as const

/** In the page; a text, because Node's types know none of it. */
const connect = `
  const buttons = Array.from({ length: 17 }, () => ({ pressed: false, touched: false, value: 0 }))
  const pad = { id: 'test', index: 0, connected: true, mapping: 'standard', timestamp: 0, axes: [0, 0, 0, 0], buttons }
  globalThis.padButtons = buttons
  navigator.getGamepads = () => [pad]
  dispatchEvent(new Event('gamepadconnected'))
`
const hold = (buttons: readonly number[]) => `
  padButtons.forEach((button, at) => { button.pressed = ${JSON.stringify(buttons)}.includes(at) })
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done()))))
`

export async function fakeGamepad(page: Page): Promise<FakeGamepad> {
  const holding = async (...buttons: readonly number[]) => void (await page.evaluate(hold(buttons)))
  await page.evaluate(connect)
  await holding()
  return {
    hold: holding,
    async press(button) {
      await holding(button)
      await holding()
    },
  }
}
