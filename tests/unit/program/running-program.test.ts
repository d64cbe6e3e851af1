import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WebContents } from 'electron'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fuseFile, readFuseWire } from '../../../src/main/adapters/program/fuse-wire.ts'
import { keptFiles } from '../../../src/main/adapters/program/kept-files.ts'
import { hasMoreFilters } from '../../../src/main/adapters/program/linux-sandbox.ts'
import { sqliteVersion } from '../../../src/main/adapters/sqlite/sqlite-version.ts'
import { createDeniedPermissions } from '../../../src/main/windows/denied-permissions.ts'

vi.mock('electron', () => ({ app: { isPackaged: false, getAppMetrics: () => [] } }))
const { createRunningProgram } = await import('../../../src/main/adapters/program/running-program.ts')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tuppence-program-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('fuses', () => {
  const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  async function wireOf(text: string): Promise<string | null> {
    const file = join(folder, 'program')
    writeFileSync(file, Buffer.from(text, 'latin1'))
    return readFuseWire(file)
  }

  it('are read from the program, wherever in it they are', async () => {
    for (const before of [0, 1, (1 << 20) - 20, (1 << 20) - 33, (1 << 20) - 40, 3 << 20]) {
      expect(await wireOf(`${'x'.repeat(before)}${mark}\u0001\u000801001100and so on`)).toBe('01001100')
    }
  })

  it('are not made up: a mark alone, another version, or no file has none', async () => {
    expect(await wireOf('nothing')).toBeNull()
    expect(await wireOf(`${mark}\u0002\u000801001100`)).toBeNull()
    expect(await wireOf(`${mark}\u0001\u0008 no fuse`)).toBeNull()
    expect(await wireOf(`"${mark}"; ${mark}\u0001\u00020r`)).toBe('0r')
    expect(await readFuseWire(join(folder, 'missing'))).toBeNull()
  })

  it('are in the framework on macOS', () => {
    expect(fuseFile('/A.app/Contents/MacOS/A', 'darwin')).toBe('/A.app/Contents/Frameworks/Electron Framework.framework/Electron Framework')
    expect(fuseFile('/opt/a', 'linux')).toBe('/opt/a')
  })
})

describe('the sandbox of Linux', () => {
  const status = (mode: number, filters: number | null) => `Name:\tx\nSeccomp:\t${mode}\n${filters === null ? '' : `Seccomp_filters:\t${filters}\n`}`
  const ask = (page: string, main: string) => hasMoreFilters(7, 1, async (path) => (path === '/proc/7/status' ? page : main))

  it.each([
    ['filters of its own', status(2, 2), status(0, 0), true],
    ['one more than a container gives everybody', status(2, 3), status(2, 2), true],
    ['only what a container gives everybody', status(2, 2), status(2, 2), false],
    ['none', status(0, 0), status(0, 0), false],
    ['a kernel that does not count', status(2, null), status(2, null), null],
    ['a process that is gone', '', status(0, 0), null],
  ])('%s', async (_, page, main, expected) => {
    expect(await ask(page, main)).toBe(expected)
  })

  it('cannot be looked at where there is no such file', async () => {
    expect(await hasMoreFilters(7, 1, () => Promise.reject(new Error('ENOENT')))).toBeNull()
  })
})

describe('pages', () => {
  const page = (answer: () => Promise<unknown>) => ({ isDestroyed: () => false, getOSProcessId: () => 1 << 30, executeJavaScript: answer }) as unknown as WebContents
  const isolated = 'undefined,undefined,undefined,undefined,object'
  const seenOf = (...pages: WebContents[]) =>
    createRunningProgram({ dataFolder: folder, pages: () => pages, denied: () => [], sqliteVersion }).pages()

  it('are isolated where they have a bridge and no Node', async () => {
    expect((await seenOf(page(async () => isolated), page(async () => isolated))).isolated).toEqual({ total: 2, good: 2 })
    for (const answer of ['function,object,object,function,object', 'undefined,undefined,undefined,undefined,undefined', 'undefined,object,undefined,undefined,object', 7]) {
      expect((await seenOf(page(async () => isolated), page(async () => answer))).isolated).toEqual({ total: 2, good: 1 })
    }
  })

  it('that do not answer are not taken for isolated', async () => {
    expect((await seenOf(page(() => Promise.reject(new Error('gone'))))).isolated).toEqual({ total: 1, good: null })
    vi.useFakeTimers()
    const waiting = seenOf(page(() => new Promise(() => {})))
    await vi.advanceTimersByTimeAsync(2_000)
    expect((await waiting).isolated).toEqual({ total: 1, good: null })
    vi.useRealTimers()
  })

  it('whose process is not there have no known sandbox', async () => {
    expect((await seenOf(page(async () => isolated))).sandboxed).toEqual({ total: 1, good: null })
  })
})

describe('what lies in the folder', () => {
  it('is told by what it is for, with every byte counted once', async () => {
    const data = join(folder, 'data')
    mkdirSync(join(data, 'backups'), { recursive: true })
    mkdirSync(join(data, 'GPUCache/deep'), { recursive: true })
    const files = { 'ledger.sqlite': 10, 'ledger.sqlite-wal': 5, 'ledger.sqlite.lock': 0, 'history.sqlite-wal': 9, 'preferences.json': 2, 'views.json': 3, 'connections.json': 4, 'backups/a.sqlite': 6, 'GPUCache/deep/x': 7, 'notes.txt': 8 }
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(data, name), 'x'.repeat(bytes))
    symlinkSync(folder, join(data, 'Local State'))
    const kept = await keptFiles(data)
    const of = (kind: string) => kept?.find((one) => one.kind === kind)
    expect(of('ledger')).toEqual({ kind: 'ledger', names: ['ledger.sqlite', 'ledger.sqlite-wal'], files: 2, bytes: 15 })
    expect(of('backups')).toEqual({ kind: 'backups', names: ['backups/'], files: 1, bytes: 6 })
    expect(of('other')).toEqual({ kind: 'other', names: ['notes.txt'], files: 1, bytes: 8 })
    expect(of('browser')).toMatchObject({ files: 2 })
    expect(of('lock')).toMatchObject({ files: 1 })
    for (const kind of ['index', 'preferences', 'views', 'connections']) expect(of(kind)).toMatchObject({ files: 1 })
    expect(await keptFiles(join(folder, 'missing'))).toBeNull()
  })
})

it('SQLite says its own version', () => expect(sqliteVersion()).toMatch(/^3\.\d+\.\d+$/))

it('permissions that were asked for are counted by name', () => {
  const { onDenied, denied } = createDeniedPermissions()
  for (const permission of ['geolocation', 'media', 'geolocation']) onDenied(permission)
  expect(denied()).toEqual([{ permission: 'geolocation', times: 2 }, { permission: 'media', times: 1 }])
})
