import { describe, expect, it } from 'vitest'
import type { NewEvent } from '../../../src/domain/events.ts'
import type { PaperBlock } from '../../../src/main/ports/documents.ts'
import { begun, excluded, limitOf, tightened } from '../../support/control-events.ts'
import { approved, chargebackReversed, chargedBack, declined, refunded, succeeded, unknown } from '../../support/events.ts'
import { householdBegun, named } from '../../support/household-events.ts'
import { createStatementWorld } from '../../support/statement-world.ts'

const at = '2026-11-05T09:00:00.000Z'

const story: readonly NewEvent[] = [
  begun(),
  householdBegun(),
  { ...tightened(limitOf('2000', 'week', 'seller-1')), actor: 'guardian' },
  { ...tightened({ kind: 'quietHours', hours: [{ weekday: 1, fromMinute: 1320, toMinute: 360 }], memberId: 'teen' }), actor: 'guardian' },
  { ...excluded('2026-11-05T09:00:00.000Z', '2026-12-05T09:00:00.000Z', '30days', 'adult'), actor: 'adult' },
  named('child', 'Dorothy'),
  approved('p1', { memberId: 'teen' }),
  succeeded('p1'),
  refunded('p1', { amount: '40', currency: 'EUR' }),
  chargedBack('p1', { amount: '59', currency: 'EUR' }, '2', 3),
  chargebackReversed('p1', '2', 4),
  approved('p2', { memberId: 'teen', price: { amount: '250', currency: 'USD' } }),
  unknown('p2'),
  approved('p3', { memberId: 'adult' }),
  declined('p3'),
  {
    type: 'import.made',
    actor: 'guardian',
    payload: {
      ...{ importId: 'i1', part: 1, parts: 1, source: 'steam', fileName: 'history.html', memberId: 'teen', counts: false },
      rows: [{ n: 1, kind: 'charge', at, item: 'Portal', payee: 'Steam', amount: { amount: '1999', currency: 'EUR' }, state: 'succeeded', key: 'k', order: '4711' }],
    },
  },
]

async function blocksOf(memberId: string | null = null, appearance = { language: 'en', locale: 'en-IE' } as const): Promise<readonly PaperBlock[]> {
  const world = await createStatementWorld({ events: story.map((event) => [at, event]), appearance })
  world.profile.open = 'guardian'
  await world.save('2026-11', 'pdf', memberId)
  const order = world.written[0]?.order
  if (order?.kind !== 'pdf') throw new Error('nothing was written')
  return order.paper.blocks
}

/** The table below a heading. */
function tableIn(blocks: readonly PaperBlock[], heading: RegExp) {
  const start = blocks.findIndex((block) => block.kind === 'heading' && heading.test(block.text))
  const found = blocks.slice(start).find((block) => block.kind === 'table')
  if (!found) throw new Error(`no table below ${heading}`)
  return found
}

describe('a statement on paper', () => {
  it('P9 has what was spent and what came back in columns of their own, and nothing where no money moved', async () => {
    const { rows, totals } = tableIn(await blocksOf(), /^All lines \(7\)$/)
    const lines = rows.map(([, item = '', , who, spent, back]) => [item.split('\n')[1]?.split(' · ')[0], who, spent, back])
    expect(lines).toHaveLength(7)
    expect(lines).toEqual(expect.arrayContaining([
      ['Being checked: US$2.50 may have been charged', 'Cleo', '–', '–'],
      ['Chargeback reversed', 'Cleo', '€0.59', '–'],
      ['Chargeback', 'Cleo', '–', '€0.59'],
      ['Not charged: €0.99', 'Ben', '–', '–'],
      ['Paid', 'Cleo', '€0.99', '–'],
      ['Paid', 'Cleo', '€19.99', '–'],
      ['Refund', 'Cleo', '–', '€0.40'],
    ]))
    expect(totals).toEqual([['Total EUR', '', '', '', '€21.57', '€0.99'], ['Total USD', '', '', '', 'US$0.00', 'US$0.00']])
    expect(rows.find(([, item]) => item?.startsWith('Portal'))?.[1]).toBe('Portal\nPaid · receipt 4711 · imported from Steam')
  })

  it('P9 has the same sums for all, for each seller, and before and after the month', async () => {
    const blocks = await blocksOf()
    expect(tableIn(blocks, /^Sums$/).rows).toEqual([
      ['Before 1 November 2026', 'EUR', '€0.00', '€0.00', '–'],
      ['In November 2026', 'EUR', '€21.57', '€0.99', '–'],
      ['– of which imported', 'EUR', '€19.99', '€0.00', ''],
      ['Up to and with 30 November 2026', 'EUR', '€21.57', '€0.99', '–'],
      ['– of which imported', 'EUR', '€19.99', '€0.00', ''],
      ['Before 1 November 2026', 'USD', 'US$0.00', 'US$0.00', '–'],
      ['In November 2026', 'USD', 'US$0.00', 'US$0.00', 'US$2.50'],
      ['Up to and with 30 November 2026', 'USD', 'US$0.00', 'US$0.00', 'US$2.50'],
    ])
    expect(tableIn(blocks, /^By seller$/)).toMatchObject({
      rows: [
        ['Pixel Forge', '5', '€1.58', '€0.99', '–'],
        ['Pixel Forge', '1', '–', '–', 'US$2.50'],
        ['Steam', '1', '€19.99', '–', '–'],
      ],
      totals: [['Total EUR', '6', '€21.57', '€0.99', '–'], ['Total USD', '1', '–', '–', 'US$2.50']],
    })
  })

  it('has limits, quiet hours and exclusions as they were and are, and who changed them', async () => {
    const blocks = await blocksOf()
    expect(tableIn(blocks, /^Limits in force$/).rows).toEqual(
      expect.arrayContaining([
        ['Week · Pixel Forge', 'Household', 'no limit', '€20.00'],
        ['Week · All sellers', 'Cleo', 'no limit', '€0.00'],
        ['Quiet hours', 'Cleo', 'none', 'Mon 22:00 – 06:00'],
        ['Self-exclusion', 'Ben', 'none', 'until 5 Dec 2026, 10:00'],
      ]),
    )
    expect(tableIn(blocks, /^Changes to them$/).rows.map((row) => row.slice(1))).toEqual([
      ['One adult alone', 'Limits begun', 'Household', 'EUR, Europe/Berlin'],
      ['Ada', 'Household begun', 'Household', 'Ada, Ben, Cleo and Dot'],
      ['Ada', 'Set, acts at once', 'Household', 'Week · Pixel Forge: €20.00'],
      ['Ada', 'Set, acts at once', 'Cleo', 'Quiet hours: Mon 22:00 – 06:00'],
      ['Ben', 'Excluded from buying', 'Ben', 'until 5 Dec 2026, 10:00'],
      ['Ada', 'Name changed', 'Dorothy', 'Dorothy'],
    ])
  })

  it('says whose it is, by whose calendar, that the month is not over, and the seal of the ledger', async () => {
    const facts = (await blocksOf('teen')).flatMap((block) => (block.kind === 'facts' ? block.facts : []))
    expect(facts).toEqual([
      { name: 'Whose', value: 'Cleo' },
      { name: 'Period', value: '1 November 2026 to 30 November 2026' },
      { name: 'Calendar and clock', value: 'Europe/Berlin' },
      { name: 'Made', value: '20 Nov 2026, 13:00' },
      { name: 'Ledger checked', value: 'The newest entries were checked, and fit. The others are checked in the background.' },
      { name: 'Entries', value: String(story.length + 1) },
      { name: 'Seal of the newest', value: expect.stringMatching(/^[\w-]{43}$/), exact: true },
    ])
    expect(await blocksOf('teen')).toContainEqual({ kind: 'paragraph', text: expect.stringContaining('The month is not over'), tone: 'plain' })
  })
})
