import { mkdirSync, readdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isAlive, listeningSockets, run, tree } from './processes.ts'
import type { Run } from './processes.ts'
import { appPath, expect, launch, open, test as base } from './stage.ts'

const plain = path.join(appPath('plain'), 'main.cjs')

/** Starts apps and makes sure that none of them outlives the test. */
const test = base.extend<{ start: (...args: Parameters<typeof run>) => Run }>({
  // Depends on the data folder so that it is removed last, when nobody writes into it any more.
  start: async ({ userData: _ }, use) => {
    const runs: Run[] = []
    await use((...args) => {
      const started = run(...args)
      runs.push(started)
      return started
    })
    const pids = runs.flatMap(({ child }) => (child.exitCode === null ? tree(child.pid!) : []))
    for (const { child } of runs) child.kill('SIGKILL')
    await expect.poll(() => pids.filter(isAlive)).toEqual([])
  },
})

test('an app knows how it was started', async ({ start, userData }) => {
  const { line } = start([plain, '--lang=de', `--user-data-dir=${userData}`, 'extra'])
  const { value } = await line('ready')
  expect(value).toMatchObject({ type: 'browser', isPackaged: false, locale: 'de', userData })
  expect((value as { argv: string[] }).argv.at(-1)).toBe('extra')
  expect((value as { argv: string[] }).argv).toContain(plain)
})

test('an ES module app imports and requires the same module', async ({ start, userData }) => {
  const { line, exit } = start([appPath('esm'), `--user-data-dir=${userData}`])
  const { value } = await line('facts')
  expect(value).toMatchObject({ same: true, ipc: 'function', name: 'ESM App', version: '1.2.3', electron: expect.stringMatching(/^\d+\.\d+\.\d+/), chrome: expect.stringMatching(/^\d+(\.\d+){3}$/) })
  expect(await exit).toBe(0)
})

test('quit runs before-quit, will-quit and quit in that order', async ({ start, userData }) => {
  const { lines, exit } = start([plain, '--quit', `--user-data-dir=${userData}`])
  expect(await exit).toBe(0)
  expect(lines.map(({ what }) => what).filter((what) => what.endsWith('quit'))).toEqual(['before-quit', 'will-quit', 'quit'])
})

test('exit keeps the code and skips before-quit and will-quit', async ({ start, userData }) => {
  const { lines, exit } = start([plain, '--exit', `--user-data-dir=${userData}`])
  expect(await exit).toBe(7)
  expect(lines.map(({ what }) => what).filter((what) => what.endsWith('quit'))).toEqual(['quit'])
})

test('closing the last window raises window-all-closed and leaves the app running when it is listened to', async ({ start, userData }) => {
  const { child, line } = start([plain, '--close', `--user-data-dir=${userData}`])
  await line('window-all-closed')
  expect(isAlive(child.pid!)).toBe(true)
})

test('a second instance is refused and heard by the first; the lock dies with its holder', async ({ start, userData }) => {
  const args = [plain, '--single', `--user-data-dir=${userData}`]
  const first = start(args)
  await first.line('loaded')
  const second = start([...args, 'open-this'], { cwd: os.tmpdir() })
  expect((await second.line('refused')).what).toBe('refused')
  expect((await first.line('second-instance')).value).toEqual({ last: 'open-this', cwd: os.tmpdir() })
  expect(await second.exit).toBe(0)
  first.child.kill('SIGKILL')
  await first.exit
  const third = start(args)
  expect((await third.line('loaded')).what).toBe('loaded')
})

test('nothing listens on the network unless debugging was asked for', async ({ start, userData }) => {
  const { child, line } = start([plain, '--utility', `--user-data-dir=${userData}`])
  await line('loaded')
  await line('utility')
  expect(listeningSockets(tree(child.pid!))).toEqual([])
})

test('kill -9 of the main process leaves no process and no temporary folder behind', async ({ start, userData }) => {
  const temporary = path.join(userData, 'tmp')
  mkdirSync(temporary)
  const { child, line, exit } = start([plain, '--utility', `--user-data-dir=${path.join(userData, 'data')}`], { env: { TMPDIR: temporary } })
  await line('loaded')
  const { value: utility } = await line('utility')
  const pids = tree(child.pid!)
  expect(pids).toContain(utility)
  expect(pids.length).toBeGreaterThan(3)
  child.kill('SIGKILL')
  await exit
  await expect.poll(() => pids.filter(isAlive)).toEqual([])
  await expect.poll(() => readdirSync(temporary)).toEqual([])
})

test('utilityProcess: messages there and back, streams, and the exit code', async ({ app }) => {
  const seen = await app.evaluate(async ({ utilityProcess }, file) => {
    const child = utilityProcess.fork(file, ['--flag'], { serviceName: 'probe', env: { ...process.env, PROBE: 'set' } as Record<string, string>, stdio: 'pipe' })
    const output = new Promise<string>((resolve) => child.stdout!.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())))
    const next = () => new Promise<unknown>((resolve) => child.once('message', resolve))
    const up = await next()
    const pidWhileAlive = typeof child.pid
    child.postMessage({ n: [1n, new Date(0)] })
    const echo = (await next()) as { echo: { n: [bigint, Date] }; args: string[]; type: string; env: string }
    const exit = new Promise<number>((resolve) => child.once('exit', resolve))
    child.postMessage({ exit: 5 })
    return { up, pidWhileAlive, big: echo.echo.n[0] === 1n, date: echo.echo.n[1] instanceof Date, args: echo.args, type: echo.type, env: echo.env, output: await output, code: await exit, pidAfter: typeof child.pid }
  }, path.join(appPath('plain'), 'child.cjs'))
  expect(seen).toEqual({ up: 'up', pidWhileAlive: 'number', big: true, date: true, args: ['--flag'], type: 'utility', env: 'set', output: 'child speaks', code: 5, pidAfter: 'undefined' })
})

test('dialogs are scripted by replacing their methods, with and without a parent window', async ({ app }) => {
  const { window } = await open(app)
  const answers = await app.evaluate(async ({ dialog }, parent) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: '/tmp/out.csv' })
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: true })
    const owner = parent as unknown as Electron.BrowserWindow
    const saved = [await dialog.showSaveDialog({}), await dialog.showSaveDialog(owner, { title: 'Export', defaultPath: 'x.csv', filters: [{ name: 'CSV', extensions: ['csv'] }] })]
    return [...saved, await dialog.showMessageBox(owner, { message: 'Sure?' })]
  }, window)
  const saved = { canceled: false, filePath: '/tmp/out.csv' }
  expect(answers).toEqual([saved, saved, { response: 1, checkboxChecked: true }])
})

test('shell.openExternal can be replaced', async ({ app }) => {
  expect(await app.evaluate(async ({ shell }) => {
    const urls: string[] = []
    shell.openExternal = (url) => { urls.push(url); return Promise.resolve() }
    await shell.openExternal('https://example.com/')
    return urls
  })).toEqual(['https://example.com/'])
})

test('nativeTheme.themeSource is what pages prefer', async ({ app }) => {
  const { window } = await open(app)
  const prefersDark = () => window.evaluate(({ webContents }) => webContents.executeJavaScript("matchMedia('(prefers-color-scheme: dark)').matches"))
  for (const isDark of [true, false]) {
    await app.evaluate(({ nativeTheme }, source) => { nativeTheme.themeSource = source }, isDark ? ('dark' as const) : ('light' as const))
    await expect.poll(prefersDark).toBe(isDark)
    expect(await app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(isDark)
  }
  await app.evaluate(({ nativeTheme }) => { nativeTheme.themeSource = 'system' })
})

test('in-memory partitions forget, persistent ones remember', async ({ userData }) => {
  const visit = async (partition: string, write: boolean) => {
    const app = await launch([path.join(appPath('stage'), 'main.cjs')], userData)
    await app.evaluate(() => globalThis.stage.pages.set('/memory.html', { body: '<!doctype html><title>memory</title>' }))
    const { page } = await open(app, { partition, url: 'app://bundle/memory.html' })
    const value = await page.evaluate((isWriting) => {
      if (isWriting) localStorage.setItem('kept', 'yes')
      return localStorage.getItem('kept')
    }, write)
    await app.close()
    return value
  }
  expect(await visit('persist:lasting', true)).toBe('yes')
  expect(await visit('passing', true)).toBe('yes')
  expect(await visit('persist:lasting', false)).toBe('yes')
  expect(await visit('passing', false)).toBe(null)
})
