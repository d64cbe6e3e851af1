import { expect, open, test } from './stage.ts'

type Who = { url: string; origin: string; isMain: boolean; hasParent: boolean; senderId: number }
const who = () => (globalThis.bridge as unknown as { who(): Promise<Who> }).who()

test('a handler knows the frame that called: its address as Chromium knows it, and that it is the main frame', async ({ app }) => {
  const { page, window } = await open(app, { url: undefined, html: '<title>x</title>' })
  const seen = await page.evaluate(who)
  expect(seen).toMatchObject({ origin: 'app://bundle', isMain: true, hasParent: false })
  expect(seen.url).toMatch(/^app:\/\/bundle\/page-[\d-]+\.html$/)
  expect(seen.senderId).toBe(await window.evaluate((each) => each.webContents.id))
})

test('a page cannot pretend to be at another address', async ({ app }) => {
  const { page } = await open(app, {
    html: `<base href="https://good.example/"><script>
      Object.defineProperty(document, 'URL', { value: 'app://launcher/index.html' })
      Object.defineProperty(document, 'baseURI', { value: 'app://launcher/index.html' })
      Object.defineProperty(window, 'origin', { value: 'app://launcher' })
    </script>`,
  })
  expect((await page.evaluate(who)).url).toMatch(/^app:\/\/bundle\/page-/)
})

test('the sender follows history.pushState within the origin and navigation to another', async ({ app }) => {
  const { page, window } = await open(app)
  await page.evaluate(() => history.pushState({}, '', '/pushed?x=1#y'))
  expect((await page.evaluate(who)).url).toBe('app://bundle/pushed?x=1#y')
  await app.evaluate(() => globalThis.stage.pages.set('other/there.html', { body: '<!doctype html><title>there</title>' }))
  await window.evaluate((each) => each.loadURL('app://other/there.html'))
  await expect(page).toHaveTitle('there')
  expect(await page.evaluate(who)).toMatchObject({ url: 'app://other/there.html', origin: 'app://other' })
})

test('rejections of invoke() name the channel and keep only the message', async ({ app }) => {
  const { page } = await open(app)
  const caught = await page.evaluate(async () => {
    const { fail, missing } = globalThis.bridge as unknown as Record<string, () => Promise<void>>
    const look = (error: Error & { secret?: string }) => [error.message, error.secret, error.constructor.name]
    return [await fail!().catch(look), await missing!().catch(look)]
  })
  expect(caught).toEqual([
    ["Error invoking remote method 'fail': RangeError: no such offer", undefined, 'Error'],
    ["Error invoking remote method 'no such channel': Error: No handler registered for 'no such channel'", undefined, 'Error'],
  ])
})

test('invoke() carries structured clones there and back', async ({ app }) => {
  const { page } = await open(app)
  const back = await page.evaluate(async () => {
    const given = { when: new Date(5), big: 12n, none: undefined, bytes: new Uint8Array([1, 255]), map: new Map([['a', new Set([1])]]), nan: Number.NaN }
    const [got] = (await (globalThis.bridge as unknown as { echo(value: unknown): Promise<[typeof given]> }).echo(given))
    return [got.when.getTime(), got.big === 12n, 'none' in got, [...got.bytes], got.map.get('a')?.has(1), Number.isNaN(got.nan)]
  })
  expect(back).toEqual([5, true, true, [1, 255], true, true])
})

test('send() reaches ipcMain, and webContents.send() reaches the preload alone', async ({ app }) => {
  const { page, window } = await open(app)
  await page.evaluate(() => (globalThis.bridge as unknown as { tell(value: unknown): void }).tell({ n: 1 }))
  await expect.poll(() => app.evaluate(() => globalThis.stage.heard.at(-1))).toEqual({ n: 1 })
  const news = page.evaluate(() => new Promise((resolve) => { (globalThis.bridge as unknown as { onNews(callback: (...args: unknown[]) => void): void }).onNews((...args) => resolve(args)) }))
  await expect.poll(async () => {
    await window.evaluate((each) => each.webContents.send('news', 'hello', { deep: [1] }))
    return Promise.race([news, page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve('not yet'))))])
  }).toEqual(['hello', { deep: [1] }])
})

test('frames of other sites have neither bridge nor a way to send', async ({ app }) => {
  const heardBefore = await app.evaluate(() => globalThis.stage.heard.length)
  const { page, window } = await open(app, { html: '<iframe id=frame></iframe>' })
  await window.evaluate(async (each) => {
    await each.webContents.executeJavaScript("new Promise((resolve) => { frame.onload = resolve; frame.src = 'data:text/html,<p>foreign</p>' })")
  })
  await expect(page.frameLocator('#frame').locator('p')).toHaveText('foreign')
  const inner = page.frames().find((frame) => frame !== page.mainFrame())!
  expect(await inner.evaluate(() => [typeof globalThis.bridge, Object.getOwnPropertyNames(globalThis).filter((name) => /electron|binding/i.test(name))])).toEqual(['undefined', []])
  const frames = await window.evaluate((each) => each.webContents.mainFrame.framesInSubtree.map((frame) => ({ url: frame.url, hasParent: frame.parent !== null })))
  expect(frames[0]!.url).toMatch(/^app:\/\/bundle\//)
  expect(frames[1]).toEqual({ url: 'data:text/html,<p>foreign</p>', hasParent: true })
  expect(await app.evaluate(() => globalThis.stage.heard.length)).toBe(heardBefore)
})
