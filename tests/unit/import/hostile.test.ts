/** Files that nobody should have: bytes of any kind, samples that were spoilt, and what is made to take all memory or time. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { LineSchema, RecordedLineSchema } from '../../../src/contract/text.ts'
import { importSources } from '../../../src/domain/imports.ts'
import { runImport } from '../../../src/main/adapters/import/run-import.ts'
import type { ReadImport } from '../../../src/main/ports/import-reader.ts'
import { asRead, badInShort, importDefaults, inShort, readContent, sampleFile, withFile } from '../../support/import-files.ts'

const folder = sampleFile('')
const samples = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
const someSource = fc.constantFrom(null, ...importSources)

function expectSound(outcome: ReadImport): void {
  expect(['read', 'failed']).toContain(outcome.kind)
  if (outcome.kind !== 'read') return
  const texts = outcome.rows.flatMap(({ item, payee, game = 'x', order = 'x', reference = 'x', paidWith = 'x' }) => [item, payee, game, order, reference, paidWith])
  expect(texts.filter((text) => !v.is(RecordedLineSchema, text) || !v.is(LineSchema, text))).toEqual([])
  expect(outcome.bad.filter(({ text }) => text !== '' && !v.is(RecordedLineSchema, text))).toEqual([])
  expect(new Set(outcome.rows.map(({ n }) => n)).size).toBe(outcome.rows.length)
  expect(new Set(outcome.rows.map(({ key }) => key)).size).toBe(outcome.rows.length)
}

describe('never throws, and what it gives is sound,', () => {
  it('for bytes of any kind', async () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: fc.constantFrom(...Array.from('"\',;\t|\r\n<>&/OFXHEADER:{}[] 0123456789€ab\0')), maxLength: 300 }).map((text) => Buffer.from(text)))
    await fc.assert(fc.asyncProperty(bytes, someSource, async (content, source) => expectSound(await readContent(content, { source }))), { numRuns: 500 })
    expect.hasAssertions()
  })

  it('for samples that were spoilt', async () => {
    const spoilt = fc.tuple(fc.constantFrom(...samples), fc.nat(), fc.nat({ max: 200 }), fc.uint8Array({ maxLength: 20 })).map(([sample, at, length, put]) => {
      const from = at % sample.length
      return Buffer.concat([sample.subarray(0, from), put, sample.subarray(from + length)])
    })
    await fc.assert(fc.asyncProperty(spoilt, someSource, async (content, source) => expectSound(await readContent(content, { source }))), { numRuns: 200 })
    expect.hasAssertions()
  })
})

describe('a quote that nothing closes', () => {
  it('spoils its own line and no other', async () => {
    const read = asRead(await readContent('date,item,amount,currency\n2026-11-01,Cape,1,EUR\n2026-11-02,"Boots,1,EUR\n2026-11-03,Hat,1,EUR\n'))
    expect(inShort(read)).toEqual(['2 charge 2026-11-01 100 EUR Cape', '4 charge 2026-11-03 100 EUR Hat'])
    expect(badInShort(read)).toEqual(['3 wrongColumns'])
  })

  it('a thousand times ends, and says so', async () => {
    const rows = Array.from({ length: 1000 }, () => '2026-11-02,"Boots,1,EUR\n2026-11-01,Cape "red",1,EUR\n').join('')
    const read = asRead(await readContent(`date,item,amount,currency\n${rows}`))
    expect(read.rows.length + read.bad.length).toBeGreaterThan(10)
  })
})

describe('within a few seconds', () => {
  const quickly = async (content: string): Promise<ReadImport> => {
    const started = performance.now()
    const outcome = await readContent(content)
    expect(performance.now() - started).toBeLessThan(20_000)
    return outcome
  }
  const many = 300_000

  it('a page nested as deep as it is long', async () => {
    const outcome = await quickly(`<table class="wallet_history_table"><tr class="wallet_table_row"><td class="wht_items">${'<div>'.repeat(many)}Cape`)
    expect(badInShort(asRead(outcome))).toEqual(['1 notAPurchase'])
  })

  it('a page with a million heads, and one with long classes around each letter', async () => {
    expect((await quickly(`From: x\n${'Content-Type: text/html '.repeat(900_000)}`)).kind).toBe('failed')
    const cell = `${`<div class="${'c'.repeat(20_000)}">`.repeat(40)}${'x<br>'.repeat(20_000)}`
    expect(asRead(await quickly(`<table class="wallet_history_table"><tr class="wallet_table_row"><td class="wht_items">${cell}`)).bad).toHaveLength(1)
  })

  it('lists nested as deep as they are long', async () => {
    expect(await quickly('['.repeat(many))).toEqual({ kind: 'failed', problem: 'notRecognised' })
    expect((await quickly(`[{"orderHistory":${'[{"a":'.repeat(20_000)}1${'}]'.repeat(20_000)}}]`)).kind).toBe('failed')
  })

  it('a statement that opens and never closes', async () => {
    const outcome = await quickly(`<OFX><STMTRS><CURDEF>EUR${'<STMTTRN>'.repeat(many)}<NAME>${'x'.repeat(many)}`)
    expect(asRead(outcome).bad).toHaveLength(many)
  })

  it('a cell of a million letters, and a row of a million cells', async () => {
    const head = 'date,item,amount,currency\n'
    expect(badInShort(asRead(await quickly(`${head}2026-11-01,${'x'.repeat(900_000)},1,EUR\n`)))).toEqual(['2 badText'])
    expect(badInShort(asRead(await quickly(`${head}${','.repeat(900_000)}1\n2026-11-01,Cape,1,EUR\n`)))).toEqual(['2 wrongColumns'])
    expect(badInShort(asRead(await quickly(`${head}2026-11-01,"${'x'.repeat(2_000_000)}",1,EUR\n2026-11-01,Cape,1,EUR\n`)))).toEqual(['2 wrongColumns'])
  })

  it('a hundred thousand refunds of one order', async () => {
    const rows = Array.from({ length: 50_000 }, () => '2026-11-01,Cape,2,EUR,A\n2026-11-02,Cape,-2,EUR,A\n2026-11-03,Boots,-1,EUR,A\n').join('')
    expect(asRead(await quickly(`date,item,amount,currency,order\n${rows}`)).rows).toHaveLength(150_000)
  })
})

it('more than a million entries are too many', async () => {
  expect(await readContent(`date,item,amount,currency\n${'x,,,\n'.repeat(1_000_001)}`)).toEqual({ kind: 'failed', problem: 'tooLarge' })
})

it('more than 200 MB are too much, and are not read', async () => {
  await withFile('', async (file) => {
    const { truncateSync } = await import('node:fs')
    truncateSync(file, 200 * 1024 * 1024 + 1)
    expect(await runImport({ ...importDefaults, file }, { isCancelled: () => false, onProgress: () => {} })).toEqual({ kind: 'failed', problem: 'tooLarge' })
  })
})
