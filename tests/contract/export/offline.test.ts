/** `npm run export`, as a person runs it. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { approved, refunded, succeeded } from '../../support/events.ts'
import { parseCsv } from '../../support/export-lines.ts'
import { generateLedger } from '../../support/generated-ledger.ts'
import { tempLog, type TempLog } from '../../support/temp-log.ts'

const script = fileURLToPath(new URL('../../../scripts/export.ts', import.meta.url))

let log: TempLog
let folder: string
beforeEach(() => {
  log = tempLog()
  folder = mkdtempSync(join(tmpdir(), 'tuppence-export-'))
})
afterEach(() => {
  log.dispose()
  rmSync(folder, { recursive: true })
})

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', cwd: folder })
  return { status, said: stdout + stderr }
}

it('writes the file, also while the app has the folder open, and only the days that were asked for', async () => {
  await log.write(approved('p'), succeeded('p'), refunded('p'))
  const file = join(folder, 'out.csv')
  const wanted = ['--data', log.folder, '--format', 'csv', '--out', file]
  await log.with(() => expect(run(...wanted)).toEqual({ status: 0, said: `2 lines written to ${file}\n` }))
  expect(run(...wanted, '--from', '2026-11-24', '--to', '2026-11-24').status).toBe(0)
  expect(parseCsv(readFileSync(file, 'utf8')).map(({ Line }) => Line)).toEqual(['refund'])
  expect(readdirSync(folder)).toEqual(['out.csv'])
})

it('wrong use is told with how it is used', () => {
  const data = ['--data', log.folder, '--out', 'x']
  const wrong = [[], data, [...data, '--format', 'xls'], [...data, '--format', 'csv', '--from', '2026-02-30'], [...data, '--format', 'csv', '--from', '2026-11-24', '--to', '2026-11-23'], ['--nonsense']]
  for (const args of wrong) expect(run(...args)).toEqual({ status: 64, said: expect.stringContaining('Use: npm run export') as string })
})

it('what stands in the way is told in plain words, and nothing is left', async () => {
  expect(run('--data', folder, '--format', 'csv', '--out', 'x')).toEqual({ status: 3, said: expect.stringContaining('There is no ledger in this folder') as string })
  await log.write(approved('p'))
  const nowhere = join(folder, 'nowhere', 'x')
  expect(run('--data', log.folder, '--format', 'csv', '--out', nowhere)).toEqual({ status: 3, said: 'Not exported. There is no such folder. Make it or choose another one.\n' })
  expect(readdirSync(folder)).toEqual([])
})

it.skipIf(process.platform === 'win32')('who interrupts it finds no half of a file', async () => {
  generateLedger(log.file, 20_000)
  const child = spawn(process.execPath, [script, '--data', log.folder, '--format', 'ofx', '--out', join(folder, 'x.ofx')], { stdio: 'ignore' })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await expect.poll(() => readdirSync(folder), { interval: 5 }).toEqual(['x.ofx.tuppence-part'])
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  expect(readdirSync(folder)).toEqual([])
})
