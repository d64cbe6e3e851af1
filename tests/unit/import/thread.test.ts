import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runImport } from '../../../src/main/adapters/import/run-import.ts'
import { createThreadImportReader } from '../../../src/main/adapters/import/thread-import-reader.ts'
import type { ReadOptions } from '../../../src/main/ports/import-reader.ts'
import { asRead, importDefaults, readSample, sampleFile, withFile } from '../../support/import-files.ts'

const reader = createThreadImportReader({ workerFile: new URL('../../../src/main/adapters/import/import-worker.ts', import.meta.url).pathname })

const options = (more: Partial<ReadOptions> = {}): ReadOptions => ({ ...importDefaults, signal: new AbortController().signal, onProgress: () => {}, ...more })

const manyRows = (count: number) => `date,item,merchant,amount,currency,order number\n${Array.from({ length: count }, (_, index) => `2026-0${(index % 9) + 1}-0${(index % 7) + 1},Cape ${index % 900},Shop ${index % 30},${index % 50}.99,EUR,O-${index}\n`).join('')}`

it('a thread reads the same as what it runs', async () => {
  for (const name of ['steam-history.html', 'shop-de.csv', 'statement-1.ofx', 'google-order-history.json']) {
    expect(await reader.read(sampleFile(name), options())).toEqual(await readSample(name))
  }
  expect(await reader.read('/nowhere/at/all', options())).toEqual({ kind: 'failed', problem: 'notReadable' })
})

it('hands many rows over whole and in order, tells its progress in bytes, and leaves the file as it was', async () => {
  const content = manyRows(30_000)
  await withFile(content, async (file) => {
    const told: { done: number; total: number }[] = []
    const read = asRead(await reader.read(file, options({ onProgress: (progress) => told.push(progress) })))
    expect(read.rows.map(({ n }) => n)).toEqual(Array.from({ length: 30_000 }, (_, index) => index + 2))
    expect(told.length).toBeGreaterThan(0)
    expect(told.every(({ done, total }, index) => total === content.length && done <= total && done >= (told[index - 1]?.done ?? 0))).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe(content)
  })
})

it.each([
  ['CSV', manyRows(50_000)],
  ['a page', `<table class="wallet_history_table">${'<tr class="wallet_table_row"><td class="wht_date">1 Nov, 2026</td></tr>'.repeat(15_000)}`],
  ['a statement', `<OFX><STMTRS><CURDEF>EUR${'<STMTTRN><TRNAMT>-1</STMTTRN>'.repeat(20_000)}`],
  ['a list', JSON.stringify(Array.from({ length: 15_000 }, () => ({ orderHistory: { totalPrice: '€1.00' } })))],
])('%s is not read on once it was cancelled', async (_, content) => {
  await withFile(content, async (file) => {
    const read = (after: number) => {
      let looks = 0
      const outcome = runImport({ ...importDefaults, file }, { isCancelled: () => (looks += 1) > after, onProgress: () => {} })
      return outcome.then(({ kind }) => ({ kind, looks }))
    }
    const whole = await read(Infinity)
    expect(whole.kind).toBe('read')
    for (const after of [0, 2, whole.looks - 2]) expect(await read(after)).toEqual({ kind: 'cancelled', looks: after + 1 })
  })
})

it('can be cancelled before and on the way', async () => {
  await withFile(manyRows(200_000), async (file) => {
    const before = new AbortController()
    before.abort()
    expect(await reader.read(file, options({ signal: before.signal }))).toEqual({ kind: 'cancelled' })
    const onTheWay = new AbortController()
    expect(await reader.read(file, options({ signal: onTheWay.signal, onProgress: () => onTheWay.abort() }))).toEqual({ kind: 'cancelled' })
  })
})

it('a thread that does not look up any more is ended by a cancel all the same', async () => {
  const work = `import { parentPort } from 'node:worker_threads'; parentPort.postMessage({ kind: 'progress', progress: { done: 0, total: 1 } }); for (;;);`
  const stuck = createThreadImportReader({ workerFile: new URL(`data:text/javascript,${encodeURIComponent(work)}`), patienceMs: 10 })
  const cancel = new AbortController()
  expect(await stuck.read('/nowhere', options({ signal: cancel.signal, onProgress: () => cancel.abort() }))).toEqual({ kind: 'cancelled' })
})
