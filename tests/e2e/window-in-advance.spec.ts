import { once } from 'node:events'
import { expect, test } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'

/** The ids of all windows but the launcher, once there is one. */
async function idInAdvance({ electron }: Tuppence): Promise<number> {
  const hidden = () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((one) => one.getTitle() === '').map(({ id }) => id))
  await expect.poll(hidden).toHaveLength(1)
  return (await hidden())[0]!
}

test('P1 the window that is made in advance is hidden and empty, asks one question, and is gone after it', async ({ tuppence }) => {
  const { electron, launcher } = tuppence
  const first = await idInAdvance(tuppence)
  const seen = await electron.evaluate(({ BrowserWindow }, id) => {
    const window = BrowserWindow.fromId(id)!
    return { isVisible: window.isVisible(), url: window.webContents.getURL() }
  }, first)
  expect(seen).toEqual({ isVisible: false, url: '' })
  expect(electron.windows()).toEqual([launcher.page])

  const [page] = await Promise.all([electron.waitForEvent('window'), launcher.buy(cheapOffer.title)])
  const confirm = await tuppence.confirm()
  expect(confirm.page).toBe(page)
  expect(await (await electron.browserWindow(page)).evaluate(({ id }) => id)).toBe(first)
  await confirm.leave('cancel')
  await expect.poll(() => page.isClosed()).toBe(true)
  expect(await idInAdvance(tuppence)).not.toBe(first)
})

test('closing the launcher ends the app, though a hidden window was made in advance', async ({ tuppence }) => {
  await idInAdvance(tuppence)
  const ended = once(tuppence.electron.process(), 'exit')
  await tuppence.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Tuppence')!.close())
  expect(await ended).toEqual([0, null])
})
