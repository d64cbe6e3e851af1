import { describe, expect, it } from 'vitest'
import { approved, succeeded } from '../../support/events.ts'
import { begun } from '../../support/control-events.ts'
import { householdBegun } from '../../support/household-events.ts'
import { createStatementWorld } from '../../support/statement-world.ts'

const at = '2026-11-23T09:00:01.000Z'
const one = [[at, approved('p1')], [at, succeeded('p1')]] as const

describe('saving a statement', () => {
  it('asks where to and writes it there with all of its lines; the page learns the name of the file and not its folder', async () => {
    const events = Array.from({ length: 620 }, (_, n) => [[at, approved(`p${n}`, { item: `Item ${n}` })], [at, succeeded(`p${n}`)]] as const).flat()
    const world = await createStatementWorld({ events, file: '/home/ada/november.pdf' })
    expect(await world.save('2026-11', 'pdf')).toEqual({ kind: 'written', name: 'november.pdf', lines: 620, unverified: false })
    expect(world.questions).toEqual([{ title: 'Save the statement', name: 'tuppence-statement-2026-11.pdf', kind: 'PDF', extension: 'pdf' }])
    const [{ order, file } = { order: null, file: '' }] = world.written
    expect(file).toBe('/home/ada/november.pdf')
    if (order?.kind !== 'pdf') throw new Error('not a PDF')
    const rows = order.paper.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []))
    for (const n of [0, 99, 100, 499, 500, 619]) expect(rows.filter(([, item = '']) => item.startsWith(`Item ${n}\n`))).toHaveLength(1)
    expect(world.progress).toEqual([{ done: 500, total: 1240 }, { done: 620, total: 1240 }, { done: 3, total: 4 }])
  })

  it('is the same document for the same moment, in the language of the page', async () => {
    const paper = async () => {
      const world = await createStatementWorld({ events: one, appearance: { language: 'de', locale: 'de-DE' } })
      await world.save('2026-11')
      return world.written[0]?.order
    }
    const order = await paper()
    expect(await paper()).toEqual(order)
    expect(order).toMatchObject({ kind: 'html', paper: { title: 'Auszug für November 2026', language: 'de', datedAt: '2026-11-20T12:00:00.000Z' } })
    expect(JSON.stringify(order)).toContain('0,99\u00A0€')
  })

  it('of a sandbox says that no real money was moved', async () => {
    for (const sandbox of [true, false]) {
      const world = await createStatementWorld({ events: one, sandbox })
      await world.save('2026-11')
      expect(JSON.stringify(world.written[0]?.order).includes('no real money was moved')).toBe(sandbox)
    }
  })

  it('who gives up in the box writes nothing, and it can be cancelled and stopped', async () => {
    const given = await createStatementWorld({ events: one, file: null })
    expect([await given.save('2026-11'), given.written]).toEqual([{ kind: 'cancelled' }, []])
    const world = await createStatementWorld({ events: one })
    const first = world.save('2026-11')
    expect(await world.save('2026-11')).toEqual({ kind: 'busy' })
    expect(world.cancel()).toEqual({})
    expect(await first).toEqual({ kind: 'cancelled' })
    const second = world.save('2026-11')
    await world.stop()
    expect(await second).toEqual({ kind: 'cancelled' })
    expect(await world.save('2026-11')).toMatchObject({ kind: 'written' })
  })

  it.each([null, 'guardian'])('P10 a profile that changed to %s while the box was open saves nothing', async (to) => {
    const world = await createStatementWorld({
      events: [[at, begun()], [at, householdBegun()], ...one],
      meanwhile: () => void (world.profile.open = to),
    })
    world.profile.open = 'teen'
    expect([await world.save('2026-11'), world.written]).toEqual([{ kind: 'locked' }, []])
  })

  it('P9 is of one moment: what is written to the log meanwhile makes it begin again, and numbers that do not agree are never written', async () => {
    let added = 0
    const world = await createStatementWorld({
      events: one,
      through: (index) => ({
        ...index,
        async page(question, window) {
          const lines = await index.page(question, window)
          if ((added += 1) === 1) for (const event of [approved('p2'), succeeded('p2')]) await world.log.append(() => event)
          return lines
        },
      }),
    })
    expect(await world.save('2026-11')).toMatchObject({ kind: 'written', lines: 2 })
    const lost = await createStatementWorld({ events: one, through: (index) => ({ ...index, page: () => Promise.resolve([]) }) })
    expect([await lost.save('2026-11'), lost.written]).toEqual([{ kind: 'failed', problem: 'ledgerUnreadable' }, []])
  })

  it('says what stands in the way of writing', async () => {
    const world = await createStatementWorld({ events: one, end: { kind: 'failed', problem: 'diskFull' } })
    expect(await world.save('2026-11')).toEqual({ kind: 'failed', problem: 'diskFull' })
    world.ledger.setLog(null)
    expect(await world.save('2026-11')).toEqual({ kind: 'failed', problem: 'ledgerUnreadable' })
  })
})
