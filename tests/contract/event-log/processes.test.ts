/** Real processes: killed while they write, two at once, and without the right to write. */
import { execFile, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEventLog } from '../../../src/main/adapters/sqlite/open-event-log.ts'
import type { EventLog, LogHead } from '../../../src/main/ports/event-log.ts'
import { cancelled, countingEventIds } from '../../support/events.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { fileVault } from '../../support/file-vault.ts'
import { filesOf } from '../../support/files.ts'

const appendEvents = fileURLToPath(new URL('../../support/children/append-events.ts', import.meta.url))
const lookAtLog = fileURLToPath(new URL('../../support/children/look-at-log.ts', import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tuppence-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const openHere = (): Promise<EventLog> =>
  openEventLog({
    file: join(folder, 'ledger.sqlite'),
    vault: fileVault(join(folder, 'vault.json')),
    clock: createFakeClock(),
    ids: countingEventIds(),
  })

const anchorNow = () =>
  JSON.parse((JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8')) as Record<string, string>)['log-anchor'] ?? '') as LogHead

/** Lets a process append, kills it after about `count` acknowledgements, and gives those that it made. */
async function acknowledgedBeforeKill(count: number): Promise<string[]> {
  const child = spawn(process.execPath, [appendEvents, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (lines.length === count) child.kill('SIGKILL')
  }
  return lines.filter((line) => /^\d/.test(line))
}

describe('a process that is killed while it writes', () => {
  it.each([2, 3, 8, 21, 50])('P3 loses nothing that it had acknowledged (killed after %i lines)', async (count) => {
    const acknowledged = await acknowledgedBeforeKill(count)
    const anchor = anchorNow()
    const log = await openHere()
    expect(log.state()).toEqual({ kind: 'ready' })
    const kept = [...log.events()].map(({ seq, mac }) => `${seq} ${mac}`)
    expect(kept.slice(1, acknowledged.length + 1)).toEqual(acknowledged)
    expect(acknowledged.length).toBeGreaterThanOrEqual(count - 1)
    const behind = (log.head()?.seq ?? 0) - anchor.seq
    expect(behind === 0 || behind === 1, `the anchor was ${behind} behind`).toBe(true)
    expect((await log.verify()).kind).toBe('clean')
    expect((await log.append(() => cancelled('next')))?.seq).toBe(kept.length + 1)
    await log.close()
  })

  it('P3 loses nothing when it is killed again and again', async () => {
    let expected = 0
    for (let round = 0; round < 4; round++) expected += (await acknowledgedBeforeKill(6 + round)).length
    const log = await openHere()
    expect(log.state()).toEqual({ kind: 'ready' })
    expect(log.head()?.seq).toBeGreaterThan(expected)
    expect((await log.verify()).kind).toBe('clean')
    await log.close()
  })
})

describe('a second process', () => {
  it('is told that the log is in use, and changes nothing', async () => {
    const log = await openHere()
    await log.append(() => cancelled('a'))
    await log.anchored()
    const before = anchorNow()
    const { stdout } = await promisify(execFile)(process.execPath, [appendEvents, folder, '3'])
    expect(stdout).toBe('refused inUse\n')
    expect(anchorNow()).toEqual(before)
    expect((await log.append(() => cancelled('b')))?.seq).toBe(3)
    expect((await log.verify()).kind).toBe('clean')
    await log.close()
  })

  it('P6 never makes a second key when both start for the first time', async () => {
    const run = () => promisify(execFile)(process.execPath, [appendEvents, folder, '3'])
    const outputs = (await Promise.all([run(), run(), run()])).map(({ stdout }) => stdout)
    const openings = outputs.filter((text) => text.startsWith('state ready'))
    expect(openings.length).toBeGreaterThanOrEqual(1)
    expect(outputs.filter((text) => text === 'refused inUse\n')).toHaveLength(3 - openings.length)
    const log = await openHere()
    expect(await log.verify()).toMatchObject({ kind: 'clean', events: 1 + 6 * openings.length })
    await log.close()
  })
})

describe.runIf(process.platform !== 'win32')('a process that may not write', () => {
  const nobody = 65_534

  /** What a process says that has no rights of its own, as a process with all of them could write anyway. */
  async function look(): Promise<string> {
    const isRoot = process.getuid?.() === 0
    const { stdout } = await promisify(execFile)(process.execPath, [lookAtLog, folder], isRoot ? { uid: nobody, gid: nobody } : {})
    return stdout.trim()
  }

  beforeEach(async () => {
    const log = await openHere()
    await log.append(() => cancelled('a'))
    await log.close()
    for (const name of ['ledger.sqlite', 'ledger.sqlite.lock', 'vault.json']) {
      if (process.getuid?.() === 0) chownSync(join(folder, name), nobody, nobody)
      chmodSync(join(folder, name), 0o444)
    }
    chmodSync(folder, 0o555)
  })
  afterEach(() => chmodSync(folder, 0o755))

  it('reads and verifies the history, and touches nothing', async () => {
    const before = filesOf(folder)
    expect(await look()).toBe('notWritable, 2 events, clean, append: LogReadOnlyError')
    expect(filesOf(folder)).toEqual(before)
  })

  it('says so when it may not even read', async () => {
    chmodSync(join(folder, 'ledger.sqlite'), 0)
    expect(await look()).toBe('refused unreadable EACCES')
  })

  it('says so when there is no log and it may not make one', async () => {
    chmodSync(folder, 0o755)
    rmSync(join(folder, 'ledger.sqlite'))
    rmSync(join(folder, 'vault.json'))
    chmodSync(folder, 0o555)
    expect(await look()).toBe('refused unreadable EACCES')
  })
})
