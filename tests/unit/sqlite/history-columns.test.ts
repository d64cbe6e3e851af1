import { describe, expect, it } from 'vitest'
import { groupLines, summaryOf } from '../../../src/main/adapters/sqlite/history-index/add-up.ts'
import { createColumns } from '../../../src/main/adapters/sqlite/history-index/columns.ts'
import { findLines } from '../../../src/main/adapters/sqlite/history-index/find-lines.ts'
import { numberIndex } from '../../../src/main/adapters/sqlite/history-index/number-index.ts'
import { everyLine } from '../../../src/domain/history/filter.ts'

const offer = { sellerId: 's', payee: 'p', item: 'i', game: '', offerKind: null, bundle: null, passDays: null }
const lineClass = { kind: 'charge', state: 'succeeded', source: 'tuppence', currency: 'EUR', memberId: null } as const
const dictionaries = { offers: [offer, offer], classes: [lineClass, lineClass], payers: [] }
const lookUps = { offersWith: () => [], keysOfPurchase: () => [], numbersAt: () => [] }

function columnsOf(amounts: readonly (number | bigint)[]) {
  const columns = createColumns(1)
  for (const [n, amount] of amounts.entries()) {
    columns.put({ key: (n + 2) * 1024, at: n, offer: 1, class: 1, amount, suffix: 1, receipt: null, reference: null, purchaseId: `p${n}` })
  }
  return columns
}

describe('P9 sums', () => {
  it('are exact beyond what a number holds, of amounts on either side of that', () => {
    const amounts = [3_999_999_999_999_999, 3_999_999_999_999_998, 3_999_999_999_999_997, 9_007_199_254_740_993n, 99_999_999_999_999_999n, 1]
    const columns = columnsOf(amounts)
    const flags = new Uint8Array(amounts.length).fill(1)
    const { lines, totals } = summaryOf(groupLines(flags, ['month'], columns, dictionaries, new Int32Array(amounts.length)))
    expect(lines).toBe(6)
    expect(totals).toMatchObject([{ debit: amounts.reduce((sum: bigint, amount) => sum + BigInt(amount), 0n) }])
  })
})

describe('amounts', () => {
  it.each([
    ['atLeast', '90071992547409.92', [1, 2]],
    ['above', '90071992547409.92', [2]],
    ['atMost', '90071992547409.92', [0, 1]],
    ['equal', '90071992547409.93', [2]],
  ] as const)('%s %s are told apart to the minor unit where a number cannot', (is, decimal, wanted) => {
    const columns = columnsOf([100, 9_007_199_254_740_992n, 9_007_199_254_740_993n])
    const question = { filter: { ...everyLine, amounts: [{ is, decimal, currency: null }] }, seen: null, names: {} }
    const { flags } = findLines(question, columns, dictionaries, lookUps)
    expect([...flags.keys()].filter((position) => flags[position] === 1)).toEqual(wanted)
  })
})

describe('numbers by their beginnings', () => {
  const numbers = ['T-2026-12345678', 'T-2026-12345999', 'T-2025-12345678', 'Ünïcode-1', 'a', 'x'.repeat(40)]
  const found = (beginning: string) => {
    const index = numberIndex(1)
    numbers.forEach((number, position) => index.put(position, number))
    const positions = new Set<number>()
    index.find(beginning, (position) => positions.add(position))
    return [...positions]
  }

  it.each([
    ['t', [0, 1, 2]],
    ['t-2026', [0, 1]],
    ['t-2026-12', [0, 1]],
    ['t-2026-12345', [0, 1]],
    ['t-2026-123456', [0]],
    ['t-2026-1234567', [0]],
    ['t-2026-12345678', [0]],
    ['t-2026-129', []],
    ['t-2026-12345679', []],
    ['t-2025-1', [2]],
    ['unicode', [3]],
    ['a', [4]],
    ['aa', []],
    ['', [0, 1, 2, 3, 4, 5]],
  ])('%s', (beginning, wanted) => {
    expect(found(beginning)).toEqual(wanted)
  })

  it('beyond the first sixteen bytes whoever asks has to look', () => {
    expect(found(`${'x'.repeat(16)}y`)).toEqual([5])
  })
})
