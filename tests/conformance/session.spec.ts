import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, open, test } from './stage.ts'

test('partitions keep storage apart, a partition shares it among its windows', async ({ app }) => {
  const visit = async (partition: string) => (await open(app, { partition, url: 'app://bundle/storage.html' })).page
  await app.evaluate(() => globalThis.stage.pages.set('/storage.html', { body: '<!doctype html><title>storage</title>' }))
  const first = await visit('persist:one')
  await first.evaluate(() => { localStorage.setItem('mine', 'one'); document.cookie = 'mine=one' })
  const read = () => [localStorage.getItem('mine'), document.cookie]
  expect(await (await visit('persist:one')).evaluate(read)).toEqual(['one', 'mine=one'])
  expect(await (await visit('persist:two')).evaluate(read)).toEqual([null, ''])
  expect(await (await visit('one')).evaluate(read)).toEqual([null, ''])
})

test('fromPartition gives the same session for the same name, and knows whether it lasts', async ({ app }) => {
  const facts = await app.evaluate(({ session }) => [
    session.fromPartition('x') === session.fromPartition('x'),
    session.fromPartition('x') === session.fromPartition('y'),
    session.fromPartition('persist:x').isPersistent(),
    session.fromPartition('x').isPersistent(),
    session.defaultSession.isPersistent(),
  ])
  expect(facts).toEqual([true, false, true, false, true])
})

test('one partition has no way to another partition\'s pages', async ({ app }) => {
  await app.evaluate(() => {
    globalThis.stage.sessionOf('persist:rich')
    globalThis.stage.pages.set('/secret', { body: 'secret' })
  })
  const { page: rich } = await open(app, { partition: 'persist:rich' })
  const { page: poor } = await open(app, { partition: 'persist:poor' })
  const address = await rich.evaluate(() => new URL('/secret', location.href).href)
  const reached = await poor.evaluate((url) => fetch(url, { mode: 'no-cors' }).then(() => 'reached', () => 'refused'), address)
  // Where both go by the same address (real Electron), the answer is the poor session's own handler's.
  const ownAddress = await poor.evaluate(() => new URL('/secret', location.href).href)
  expect(address === ownAddress || reached === 'refused').toBe(true)
})

test('clearStorageData empties what the session has stored', async ({ app }) => {
  const { page, window } = await open(app, { partition: 'persist:cleared' })
  await page.evaluate(() => localStorage.setItem('a', '1'))
  await window.evaluate((each) => each.webContents.session.clearStorageData())
  await page.reload()
  expect(await page.evaluate(() => localStorage.getItem('a'))).toBe(null)
})

test('a permission handler that says no is obeyed, whichever way the page asks', async ({ app }) => {
  await app.evaluate(({ session }) => {
    const asked: string[] = (globalThis.stage.values['asked'] = [] as never)
    session.fromPartition('strict').setPermissionRequestHandler((_contents, permission, answer) => { asked.push(permission); answer(false) })
    session.fromPartition('strict').setPermissionCheckHandler(() => false)
  })
  const { page } = await open(app, { partition: 'strict', html: '<button>b</button>' })
  await page.click('button')
  const outcomes = await page.evaluate(async () => {
    const name = (error: unknown) => (error as { name?: string; code?: number }).name ?? `code ${(error as { code: number }).code}`
    const attempt = (work: () => Promise<unknown>) => work().then(() => 'granted', name)
    const state = (permission: string) => navigator.permissions.query({ name: permission as PermissionName }).then((status) => status.state)
    return {
      notifications: await Notification.requestPermission(),
      geolocation: await new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('granted'), (error) => resolve(`code ${error.code}`))),
      camera: await attempt(() => navigator.mediaDevices.getUserMedia({ video: true })),
      clipboard: await attempt(() => navigator.clipboard.readText()),
      midi: await attempt(() => navigator.requestMIDIAccess({ sysex: true })),
      screen: await attempt(() => navigator.mediaDevices.getDisplayMedia()),
      states: await Promise.all(['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'].map(state)),
    }
  })
  expect(outcomes).toMatchObject({ notifications: 'denied', geolocation: 'code 1', camera: 'NotAllowedError', clipboard: 'NotAllowedError', states: Array.from({ length: 6 }, () => 'denied') })
  expect(outcomes.midi).toMatch(/NotAllowedError|SecurityError/)
  expect(outcomes.screen).toMatch(/NotAllowedError|NotSupportedError/)
  const asked = await app.evaluate(() => globalThis.stage.values['asked'] as unknown as string[])
  expect(asked).toEqual(expect.arrayContaining(['geolocation', 'media']))
})

test('a permission handler can say yes', async ({ app }) => {
  await app.evaluate(({ session }) => {
    session.fromPartition('kind').setPermissionRequestHandler((_contents, permission, answer) => answer(permission === 'notifications'))
  })
  const { page } = await open(app, { partition: 'kind', html: '<button>b</button>' })
  await page.click('button')
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('granted')
})

test('webRequest listeners see requests, can cancel them and change headers', async ({ app }) => {
  const { page, window } = await open(app, { partition: 'watched' })
  await window.evaluate((each) => {
    globalThis.stage.pages.set('/data', { body: 'data', headers: { 'content-type': 'text/plain' } })
    const { webRequest } = each.webContents.session
    const seen: string[] = (globalThis.stage.values['seen'] = [] as never)
    webRequest.onBeforeRequest({ urls: ['app://bundle/*'] }, ({ url }, answer) => { seen.push(url); answer({ cancel: url.includes('forbidden') }) })
    webRequest.onHeadersReceived({ urls: ['app://bundle/*'] }, ({ responseHeaders }, answer) => answer({ responseHeaders: { ...responseHeaders, 'x-added': ['by the app'] } }))
  })
  const result = await page.evaluate(async () => [
    await fetch('/data').then((response) => response.headers.get('x-added')),
    await fetch('/forbidden').then(() => 'reached', () => 'refused'),
  ])
  expect(result).toEqual(['by the app', 'refused'])
  expect(await app.evaluate(() => globalThis.stage.values['seen'] as unknown as string[])).toEqual(['app://bundle/data', 'app://bundle/forbidden'])
})

test('will-download can be prevented, or the file put where the app says', async ({ app, userData }) => {
  const file = path.join(userData, 'saved', 'report.csv')
  const { page, window } = await open(app, { partition: 'downloads', html: '<a download="report.csv" href="/report">get</a>' })
  await window.evaluate((each, target) => {
    globalThis.stage.pages.set('/report', { body: 'a;b\n1;2\n', headers: { 'content-type': 'text/csv' } })
    const seen: unknown[] = (globalThis.stage.values['downloads'] = [] as never)
    each.webContents.session.on('will-download', (event, item) => {
      if (seen.length === 0) event.preventDefault()
      else { item.setSavePath(target); item.once('done', (_event, state) => seen.push(state)) }
      seen.push(item.getFilename())
    })
  }, file)
  const seen = () => app.evaluate(() => globalThis.stage.values['downloads'] as unknown as string[])
  await page.click('a')
  await expect.poll(seen).toEqual(['report.csv'])
  await page.click('a')
  await expect.poll(seen).toEqual(['report.csv', 'report.csv', 'completed'])
  expect(readFileSync(file, 'utf8')).toBe('a;b\n1;2\n')
})
