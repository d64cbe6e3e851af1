import { expect, open, test } from './stage.ts'

test('show, focus, hide: the events and the states agree', async ({ app }) => {
  const { page, window } = await open(app, { show: false, html: '<title>hidden</title><h1>x</h1>' })
  expect(await window.evaluate((each) => [each.isVisible(), each.isFocused()])).toEqual([false, false])
  await expect(page.locator('h1')).toHaveText('x')
  const seen = await window.evaluateHandle((each) => globalThis.stage.record(each, ['show', 'hide', 'focus', 'blur']))
  await window.evaluate((each) => each.show())
  await expect.poll(() => seen.jsonValue()).toEqual(['show', 'focus'])
  expect(await window.evaluate((each) => [each.isVisible(), each.isFocused()])).toEqual([true, true])
  await window.evaluate((each) => each.hide())
  await expect.poll(async () => (await seen.jsonValue()).toSorted()).toEqual(['blur', 'focus', 'hide', 'show'])
  expect(await window.evaluate((each) => [each.isVisible(), each.isFocused()])).toEqual([false, false])
})

test('ready-to-show comes for a hidden window, before it is shown', async ({ app }) => {
  const seen = await app.evaluate(async ({ BrowserWindow: windows }) => {
    globalThis.stage.pages.set('/ready.html', { body: '<!doctype html><h1>ready</h1>' })
    const each = windows.fromId(await globalThis.stage.open({ show: false }))!
    const ready = new Promise((resolve) => each.once('ready-to-show', () => resolve(each.isVisible())))
    await each.loadURL('app://bundle/ready.html')
    return ready
  })
  expect(seen).toBe(false)
})

test('close: prevented it stays, allowed it runs close, then closed, and the page is gone', async ({ app }) => {
  const { window, id } = await open(app)
  const seen = await window.evaluateHandle((each) => {
    each.once('close', (event) => event.preventDefault())
    return globalThis.stage.record(each, ['close', 'closed'])
  })
  await window.evaluate((each) => each.close())
  await expect.poll(() => seen.jsonValue()).toEqual(['close'])
  expect(await window.evaluate((each) => each.isDestroyed())).toBe(false)
  await window.evaluate((each) => each.close())
  await expect.poll(() => seen.jsonValue()).toEqual(['close', 'close', 'closed'])
  expect(await window.evaluate((each) => each.isDestroyed())).toBe(true)
  expect(await app.evaluate(({ BrowserWindow: windows }, gone) => windows.fromId(gone), id)).toBe(null)
})

test('destroy() emits closed but not close', async ({ app }) => {
  const { window } = await open(app)
  const seen = await window.evaluateHandle((each) => globalThis.stage.record(each, ['close', 'closed']))
  await window.evaluate((each) => each.destroy())
  expect(await seen.jsonValue()).toEqual(['closed'])
})

test('window.close() of the page closes the window', async ({ app }) => {
  const { page, window } = await open(app)
  const seen = await window.evaluateHandle((each) => globalThis.stage.record(each, ['close', 'closed']))
  const closed = page.waitForEvent('close')
  await page.evaluate(() => { globalThis.close() })
  await closed
  await expect.poll(() => seen.jsonValue()).toEqual(['close', 'closed'])
})

test('bounds: what is set is what is read and what the page has', async ({ app }) => {
  const { page, window } = await open(app, { width: 500, height: 300 })
  expect(await window.evaluate((each) => each.getSize())).toEqual([500, 300])
  await window.evaluate((each) => each.setBounds({ x: 40, y: 30, width: 450, height: 350 }))
  expect(await window.evaluate((each) => each.getBounds())).toEqual({ x: 40, y: 30, width: 450, height: 350 })
  await expect.poll(() => page.evaluate(() => globalThis.innerWidth)).toBe(450)
})

test('setMinimumSize is kept by setSize', async ({ app }) => {
  const { window } = await open(app, { minWidth: 300, minHeight: 200 })
  expect(await window.evaluate((each) => { each.setSize(100, 100); return [each.getMinimumSize(), each.getSize()] })).toEqual([[300, 200], [300, 200]])
})

test('the title is the option, then the page\'s unless prevented, then what setTitle says', async ({ app }) => {
  const { window, page } = await open(app, { title: 'Options', html: '<p>no title</p>' })
  expect(await window.evaluate((each) => each.getTitle())).toBe('Options')
  await page.evaluate(() => { document.title = 'Page' })
  await expect.poll(() => window.evaluate((each) => each.getTitle())).toBe('Page')
  await window.evaluate((each) => each.on('page-title-updated', (event, title) => title === 'Intruder' && event.preventDefault()))
  await page.evaluate(() => { document.title = 'Intruder' })
  await expect.poll(() => window.evaluate((each) => each.webContents.getTitle())).toBe('Intruder')
  expect(await window.evaluate((each) => each.getTitle())).toBe('Page')
  expect(await window.evaluate((each) => { each.setTitle('Set'); return each.getTitle() })).toBe('Set')
})

test('kiosk fills the screen and ends', async ({ app }) => {
  const { page, window } = await open(app, { width: 300, height: 200 })
  const screen = await page.evaluate(() => [globalThis.screen.width, globalThis.screen.height])
  await window.evaluate((each) => each.setKiosk(true))
  expect(await window.evaluate((each) => each.isKiosk())).toBe(true)
  await expect.poll(() => page.evaluate(() => [globalThis.innerWidth, globalThis.innerHeight])).toEqual(screen)
  await window.evaluate((each) => each.setKiosk(false))
  await expect.poll(() => page.evaluate(() => globalThis.innerWidth)).toBe(300)
})

test('a modal child: related to its parent, focused on show; closing gives the focus back', async ({ app }) => {
  const { window, id } = await open(app, { html: '<title>parent</title>' })
  await expect.poll(() => window.evaluate((each) => each.isFocused())).toBe(true)
  const facts = await app.evaluate(async ({ BrowserWindow: windows }, parentId) => {
    const parent = windows.fromId(parentId)!
    globalThis.stage.pages.set('/child.html', { body: '<!doctype html><title>child</title>' })
    const child = windows.fromId(await globalThis.stage.open({ parent, modal: true, show: false, width: 200, height: 150 }))!
    await child.loadURL('app://bundle/child.html')
    const focused = new Promise<void>((resolve) => child.once('focus', () => resolve()))
    child.show()
    await focused
    const whileOpen = [child.isModal(), child.getParentWindow() === parent, parent.getChildWindows().length, windows.getFocusedWindow() === child, parent.isFocused()]
    const back = new Promise<void>((resolve) => parent.once('focus', () => resolve()))
    child.close()
    await back
    return { whileOpen, after: [child.isDestroyed(), parent.getChildWindows().length, parent.isFocused()] }
  }, id)
  expect(facts).toEqual({ whileOpen: [true, true, 1, true, false], after: [true, 0, true] })
})

test('a modal child takes what the user does to its parent, not what a debugger does', async ({ app }) => {
  const { page, window, id } = await open(app, { html: '<button>press</button>' })
  await page.evaluate(() => { document.querySelector('button')!.addEventListener('click', () => { document.title = 'pressed' }) })
  const child = await app.evaluate(async ({ BrowserWindow: windows }, parentId) => {
    const parent = windows.fromId(parentId)!
    const opened = windows.fromId(await globalThis.stage.open({ parent, modal: true, width: 200, height: 150 }))!
    const whileOpen = parent.isEnabled()
    return { id: opened.id, whileOpen }
  }, id)
  expect(child.whileOpen).toBe(false)
  await page.click('button')
  await expect.poll(() => page.title()).toBe('pressed')
  await app.evaluate(({ BrowserWindow: windows }, childId) => windows.fromId(childId)!.destroy(), child.id)
  expect(await window.evaluate((each) => each.isEnabled())).toBe(true)
})

test('closing a parent closes its children', async ({ app }) => {
  const { window, id } = await open(app)
  const left = await app.evaluate(async ({ BrowserWindow: windows }, parentId) => {
    const parent = windows.fromId(parentId)!
    const child = windows.fromId(await globalThis.stage.open({ parent }))!
    const gone = new Promise<void>((resolve) => child.once('closed', () => resolve()))
    parent.close()
    await gone
    return child.isDestroyed()
  }, id)
  expect(left).toBe(true)
  await expect.poll(() => window.evaluate((each) => each.isDestroyed())).toBe(true)
})

test('beforeunload keeps a window open unless the app overrules it', async ({ app }) => {
  const { page, window } = await open(app, { html: '<button>b</button><script>onbeforeunload = (event) => { event.preventDefault() }</script>' })
  page.on('dialog', () => {})
  await page.click('button')
  const seen = await window.evaluateHandle((each) => globalThis.stage.record(each, ['close', 'closed'], ['will-prevent-unload']))
  await window.evaluate((each) => each.close())
  await expect.poll(() => seen.jsonValue()).toEqual(['close', 'will-prevent-unload'])
  await window.evaluate((each) => { each.webContents.once('will-prevent-unload', (event) => event.preventDefault()); each.close() })
  await expect.poll(async () => (await seen.jsonValue()).at(-1)).toBe('closed')
})
