import { expect, open, test } from './stage.ts'

const html = '<input autofocus><script>globalThis.keys = []; onkeydown = (event) => { keys.push(event.key) }</script>'
const keys = () => (globalThis as unknown as { keys: string[] }).keys

test('before-input-event sees every key first and prevented keys never reach the page', async ({ app }) => {
  const { page, window } = await open(app, { html })
  const seen = await window.evaluateHandle((each) => {
    const inputs: unknown[] = []
    each.webContents.on('before-input-event', (event, { type, key, control, shift }) => {
      if (type === 'keyDown') inputs.push([key, control, shift])
      if (key === 'b') event.preventDefault()
    })
    return inputs
  })
  await page.focus('input')
  for (const key of ['a', 'b', 'Control+s', 'c']) await page.keyboard.press(key)
  await expect.poll(() => page.evaluate(keys)).toEqual(['a', 'Control', 's', 'c'])
  await expect(page.locator('input')).toHaveValue('ac')
  expect(await seen.jsonValue()).toEqual([['a', false, false], ['b', false, false], ['Control', true, false], ['s', true, false], ['c', false, false]])
})

test('without listeners typing is untouched', async ({ app }) => {
  const { page } = await open(app, { html })
  await page.focus('input')
  await page.keyboard.type('Grüße 99 €')
  await expect(page.locator('input')).toHaveValue('Grüße 99 €')
})

test('an accelerator of the application menu runs its item, and not the page\'s key', async ({ app }) => {
  const { page } = await open(app, { html })
  await app.evaluate(({ Menu }) => {
    globalThis.stage.values['clicks'] = [] as never
    Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'Shop', submenu: [{ label: 'Find', id: 'find', accelerator: 'CmdOrCtrl+Shift+F', click: (item) => (globalThis.stage.values['clicks'] as unknown as string[]).push(item.label) }] }]))
  })
  await page.focus('input')
  await page.keyboard.press('Control+Shift+F')
  await expect.poll(() => app.evaluate(() => globalThis.stage.values['clicks'] as unknown as string[])).toEqual(['Find'])
  expect(await app.evaluate(({ Menu }) => [Menu.getApplicationMenu()?.getMenuItemById('find')?.label, (Menu.setApplicationMenu(null), Menu.getApplicationMenu())])).toEqual(['Find', null])
})

test('context-menu tells where and on what', async ({ app }) => {
  const { page, window } = await open(app, { html: '<input id=field value=text style="position:fixed;left:10px;top:10px;width:100px">' })
  const seen = await window.evaluateHandle((each) => {
    const found: unknown[] = []
    each.webContents.on('context-menu', (_event, { isEditable }) => found.push(isEditable))
    return found
  })
  await page.click('#field', { button: 'right' })
  await expect.poll(() => seen.jsonValue()).toEqual([true])
})
