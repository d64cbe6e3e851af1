import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, open, test as base } from './stage.ts'

/** A web site outside the app, which counts its visitors. */
const test = base.extend<{ site: { url: string; visits: string[] } }>({
  site: async ({}, use) => {
    const visits: string[] = []
    const server = createServer((request, response) => {
      visits.push(request.url!)
      if (request.url === '/redirect') response.writeHead(302, { location: '/target' }).end()
      else response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>outside</title>`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, visits })
    server.close()
  },
})

test('will-navigate names the address, can be prevented, and then nothing is fetched', async ({ app, site }) => {
  const { page, window } = await open(app, { html: `<a href="${site.url}/out">out</a>` })
  const seen = await window.evaluateHandle((each) => {
    const urls: string[] = []
    each.webContents.on('will-navigate', (event) => { urls.push(event.url); event.preventDefault() })
    return urls
  })
  await page.click('a')
  await expect.poll(() => seen.jsonValue()).toEqual([`${site.url}/out`])
  await page.evaluate((url) => { location.href = `${url}/script` }, site.url)
  await expect.poll(() => seen.jsonValue()).toEqual([`${site.url}/out`, `${site.url}/script`])
  expect(await window.evaluate((each) => each.webContents.getURL())).toMatch(/^app:\/\/bundle\//)
  await expect(page.locator('a')).toHaveText('out')
  expect(site.visits).toEqual([])
})

test('will-navigate is for the page: loadURL, reload and hash changes do not raise it', async ({ app, site }) => {
  const { page, window } = await open(app)
  const seen = await window.evaluateHandle((each) => globalThis.stage.record(each, [], ['will-navigate', 'did-navigate', 'did-navigate-in-page']))
  await page.evaluate(() => { location.hash = 'part' })
  await expect.poll(() => seen.jsonValue()).toEqual(['did-navigate-in-page'])
  await window.evaluate((each, url) => each.loadURL(`${url}/loaded`), site.url)
  await window.evaluate((each) => new Promise<void>((resolve) => { each.webContents.once('did-finish-load', () => resolve()); each.webContents.reload() }))
  expect(await seen.jsonValue()).toEqual(['did-navigate-in-page', 'did-navigate', 'did-navigate'])
})

test('what a debugger reloads is not the page’s doing', async ({ app }) => {
  const { page, window } = await open(app, { html: '<h1>home</h1>' })
  const seen = await window.evaluateHandle((each) => {
    const urls: string[] = []
    each.webContents.on('will-navigate', (event) => { urls.push(event.url); event.preventDefault() })
    return urls
  })
  await page.reload()
  await expect(page.locator('h1')).toHaveText('home')
  expect(await seen.jsonValue()).toEqual([])
})

test('addresses without a request of their own are guarded, too', async ({ app }) => {
  const { page, window } = await open(app, { html: '<h1>home</h1>' })
  const seen = await window.evaluateHandle((each) => {
    const urls: string[] = []
    each.webContents.on('will-navigate', (event) => { urls.push(event.url); event.preventDefault() })
    return urls
  })
  await page.evaluate(() => { location.href = 'about:blank' })
  await expect.poll(() => seen.jsonValue()).toEqual(['about:blank'])
  await expect.poll(() => window.evaluate(({ webContents }) => webContents.executeJavaScript("document.querySelector('h1')?.textContent"))).toBe('home')
})

test('will-frame-navigate covers iframes', async ({ app, site }) => {
  const { page, window } = await open(app, { html: '<iframe srcdoc="<p>inner</p>"></iframe>' })
  const seen = await window.evaluateHandle((each) => {
    const found: unknown[] = []
    each.webContents.on('will-frame-navigate', (event) => { found.push([event.url, event.isMainFrame]); event.preventDefault() })
    return found
  })
  await page.evaluate((url) => { const frame = document.querySelector('iframe')!; frame.removeAttribute('srcdoc'); frame.src = `${url}/frame` }, site.url)
  await expect.poll(() => seen.jsonValue()).toEqual([[`${site.url}/frame`, false]])
  expect(site.visits).toEqual([])
})

test('will-redirect can stop a redirect that the app itself did not foresee', async ({ app, site }) => {
  const { window } = await open(app)
  const result = await window.evaluate(async (each, url) => {
    const redirects: string[] = []
    each.webContents.on('will-redirect', (event) => { redirects.push(event.url); event.preventDefault() })
    const error = await each.loadURL(`${url}/redirect`).then(() => null, (reason: { code: string; errno: number }) => ({ code: reason.code, errno: reason.errno }))
    return { redirects, error }
  }, site.url)
  expect(result).toEqual({ redirects: [`${site.url}/target`], error: { code: 'ERR_ABORTED', errno: -3 } })
  expect(site.visits).toEqual(['/redirect'])
})

test('the window-open handler is asked for window.open and for links, and denial opens nothing', async ({ app, site }) => {
  const { page, window } = await open(app, { html: `<a target=_blank href="${site.url}/blank">new</a>` })
  const asked = await window.evaluateHandle((each) => {
    const urls: string[] = []
    each.webContents.setWindowOpenHandler(({ url }) => { urls.push(url); return { action: 'deny' } })
    return urls
  })
  expect(await page.evaluate((url) => globalThis.open(`${url}/opened`) === null, site.url)).toBe(true)
  await page.click('a')
  await page.click('a', { modifiers: ['Control'] })
  await expect.poll(() => asked.jsonValue()).toEqual([`${site.url}/opened`, `${site.url}/blank`, `${site.url}/blank`])
  expect(await app.evaluate(({ BrowserWindow: windows }) => windows.getAllWindows().length)).toBe(1)
  expect(site.visits).toEqual([])
})

test('an allowed window opens with the options the handler gives', async ({ app, site }) => {
  const { page, window } = await open(app)
  await window.evaluate((each) => each.webContents.setWindowOpenHandler(() => ({ action: 'allow', overrideBrowserWindowOptions: { width: 321, height: 234 } })))
  const opened = app.waitForEvent('window')
  await page.evaluate((url) => { globalThis.open(`${url}/allowed`) }, site.url)
  const child = await opened
  await expect(child).toHaveTitle('outside')
  expect(await (await app.browserWindow(child)).evaluate((each) => each.getSize())).toEqual([321, 234])
})

test('loadURL rejects with the network error and did-fail-load tells it', async ({ app }) => {
  const { window } = await open(app)
  const result = await window.evaluate(async (each) => {
    const failed = new Promise((resolve) => each.webContents.once('did-fail-load', (_event, code, description, url, isMainFrame) => resolve([code, description, url, isMainFrame])))
    const error = await each.loadURL('http://127.0.0.1:1/').then(() => null, (reason: Error & { code: string; errno: number; url: string }) => [reason.code, reason.errno, reason.url, reason.message])
    return { error, failed: await failed }
  })
  expect(result).toEqual({
    error: ['ERR_UNSAFE_PORT', -312, 'http://127.0.0.1:1/', "ERR_UNSAFE_PORT (-312) loading 'http://127.0.0.1:1/'"],
    failed: [-312, 'ERR_UNSAFE_PORT', 'http://127.0.0.1:1/', true],
  })
})

test('a window that has loaded nothing tells of no navigation; its first load is told once, whenever it comes', async ({ app }) => {
  const names = ['did-start-navigation', 'did-navigate', 'dom-ready', 'did-finish-load']
  const told = await app.evaluate(async ({ BrowserWindow: windows }, pageNames) => {
    globalThis.stage.pages.set('/first.html', { body: '<!doctype html><title>first</title>' })
    const openAndLoad = async (waitMs: number) => {
      const window = windows.fromId(await globalThis.stage.open({ show: false }))!
      const seen = globalThis.stage.record(window, [], pageNames)
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
      const before = [window.webContents.getURL(), ...seen]
      await window.loadURL('app://bundle/first.html')
      return { before, seen }
    }
    return { atOnce: await openAndLoad(0), later: await openAndLoad(500) }
  }, names)
  expect(told.atOnce).toEqual({ before: [''], seen: names })
  expect(told.later).toEqual({ before: [''], seen: names })
})

test('a window that has loaded nothing is no page for a test driver, until it loads something', async ({ app }) => {
  const told: unknown[] = []
  const hear = (page: unknown) => void told.push(page)
  app.on('window', hear)
  const load = (id: number, path: string) =>
    Promise.all([
      app.waitForEvent('window', (page) => page.url().endsWith(path)),
      app.evaluate(
        ({ BrowserWindow: windows }, [each, at]) => {
          globalThis.stage.pages.set(at, { body: `<!doctype html><title>${at}</title>` })
          return windows.fromId(each)!.loadURL(`app://bundle${at}`)
        },
        [id, path] as const,
      ),
    ])
  const open = () => app.evaluate(() => globalThis.stage.open({ show: false }))
  const silent = await open()
  // Told of after the first, were there anything to tell of that one. Windows of other tests may still be told of as well.
  const [witness] = await load(await open(), '/witness.html')
  const before = [...told]
  const [page] = await load(silent, '/late.html')
  app.off('window', hear)
  await expect(page).toHaveTitle('/late.html')
  expect(before).toContain(witness)
  expect(before).not.toContain(page)
})

test('a first load that fails rejects, and the window can load again', async ({ app }) => {
  const told = await app.evaluate(async ({ BrowserWindow: windows }) => {
    globalThis.stage.pages.set('/fails.html', () => Response.error())
    globalThis.stage.pages.set('/works.html', { body: '<!doctype html><title>works</title>' })
    const window = windows.fromId(await globalThis.stage.open({ show: false }))!
    const failure = await window.loadURL('app://bundle/fails.html').then(() => undefined, (error: { code: string }) => error.code)
    await window.loadURL('app://bundle/works.html')
    return { failure, url: window.webContents.getURL() }
  })
  expect(told).toEqual({ failure: 'ERR_FAILED', url: 'app://bundle/works.html' })
})
