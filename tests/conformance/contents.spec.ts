import { expect, open, test } from './stage.ts'

test('executeJavaScript resolves with the awaited result and rejects with the page\'s error', async ({ app }) => {
  const { window } = await open(app)
  const results = await window.evaluate(async ({ webContents }) => [
    await webContents.executeJavaScript('Promise.resolve({ a: [1, "x"] })'),
    await webContents.executeJavaScript('undefined'),
    await webContents.executeJavaScript('Promise.reject(new Error("page says no"))').catch((error: Error) => error.message),
  ])
  expect(results).toEqual([{ a: [1, 'x'] }, undefined, 'page says no'])
})

test('printToPDF gives a PDF', async ({ app }) => {
  const { window } = await open(app, { html: '<h1>Receipt</h1>' })
  const pdf = await window.evaluate(async ({ webContents }) => (await webContents.printToPDF({ pageSize: 'A4', printBackground: true })).subarray(0, 5).toString())
  expect(pdf).toBe('%PDF-')
})

test('capturePage gives a picture of the page', async ({ app }) => {
  const { window } = await open(app, { html: '<body style="background:teal">' })
  const picture = await window.evaluate(async ({ webContents }) => {
    const image = await webContents.capturePage()
    return { isEmpty: image.isEmpty(), head: image.toPNG().subarray(1, 4).toString(), width: image.getSize().width }
  })
  expect(picture).toEqual({ isEmpty: false, head: 'PNG', width: 600 })
})

test('a renderer crash is told, and reload brings the page back', async ({ app }) => {
  const { window } = await open(app, { html: '<title>phoenix</title>' })
  const details = await window.evaluate(({ webContents }) => new Promise<{ reason: string; crashed: boolean }>((resolve) => {
    webContents.once('render-process-gone', (_event, { reason }) => resolve({ reason, crashed: webContents.isCrashed() }))
    webContents.forcefullyCrashRenderer()
  }))
  expect(details.reason).toMatch(/^(crashed|killed)$/)
  expect(details.crashed).toBe(true)
  const title = await window.evaluate(({ webContents }) => new Promise((resolve) => {
    webContents.once('did-finish-load', () => resolve(webContents.executeJavaScript('document.title')))
    webContents.reload()
  }))
  expect(title).toBe('phoenix')
  expect(await window.evaluate(({ webContents }) => webContents.isCrashed())).toBe(false)
})

test('the events of a load come in the documented order', async ({ app }) => {
  const { window } = await open(app)
  const seen = await window.evaluate(async (each) => {
    globalThis.stage.pages.set('/order.html', { body: '<!doctype html><title>order</title>' })
    const names = globalThis.stage.record(each, [], ['did-start-loading', 'did-start-navigation', 'did-navigate', 'dom-ready', 'did-finish-load', 'did-stop-loading'])
    const stopped = new Promise<void>((resolve) => each.webContents.once('did-stop-loading', () => resolve()))
    await each.loadURL('app://bundle/order.html')
    await stopped
    return names
  })
  const order = ['did-navigate', 'dom-ready', 'did-finish-load']
  expect(seen.filter((name) => order.includes(name))).toEqual(order)
  expect(seen.indexOf('did-start-loading')).toBeLessThan(seen.indexOf('did-navigate'))
})

test('console-message carries level and text', async ({ app }) => {
  const { page, window } = await open(app)
  const seen = await window.evaluateHandle(({ webContents }) => {
    const found: unknown[] = []
    webContents.on('console-message', ({ level, message }) => found.push([level, message]))
    return found
  })
  await page.evaluate(() => { console.error('bad', 1); console.info('good') })
  await expect.poll(() => seen.jsonValue()).toEqual([['error', 'bad 1'], ['info', 'good']])
})

test('a preload that throws is told, and the page loads all the same', async ({ app }) => {
  const told = await app.evaluate(async ({ BrowserWindow: windows }) => {
    globalThis.stage.pages.set('/broken-preload.html', { body: '<!doctype html><title>alive</title>' })
    const each = windows.fromId(await globalThis.stage.open({ preload: 'preload-throws.cjs' }))!
    const error = new Promise<string>((resolve) => each.webContents.once('preload-error', (_event, _path, { message }) => resolve(message)))
    await each.loadURL('app://bundle/broken-preload.html')
    return [await error, await each.webContents.executeJavaScript('document.title')]
  })
  expect(told).toEqual(['preload is broken', 'alive'])
})

test('pages are found by id, by target and by window', async ({ app }) => {
  const { window } = await open(app)
  const found = await app.evaluate(({ webContents, BrowserWindow: windows }, each) => {
    const contents = (each as unknown as Electron.BrowserWindow).webContents
    return [webContents.fromId(contents.id) === contents, webContents.getAllWebContents().includes(contents), windows.fromWebContents(contents)?.webContents === contents, contents.getType(), contents.isDestroyed()]
  }, window)
  expect(found).toEqual([true, true, true, 'window', false])
})
