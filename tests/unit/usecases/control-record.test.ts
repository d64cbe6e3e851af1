import { describe, expect, it } from 'vitest'
import type { EventLog } from '../../../src/main/ports/event-log.ts'
import { createControlRecord } from '../../../src/main/usecases/control-record.ts'
import { begun, limitOf, reminderSet, tightened } from '../../support/control-events.ts'
import { cancelled } from '../../support/events.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createFakeEventLog } from '../../support/fake-event-log.ts'

/** What is read of the log, and how often everything else had a turn. */
function watched(log: EventLog) {
  const read: string[] = []
  const counts = { turns: 0 }
  const record = createControlRecord({ nextTurn: async () => void (counts.turns += 1) })
  const seen = (one: EventLog): EventLog => ({
    ...one,
    eventsOfTypes(types, from, before) {
      read.push(`${from}-${before}`)
      return one.eventsOfTypes(types, from, before)
    },
  })
  return { record, log: seen(log), seen, read, counts }
}

describe('what was decided about controls', () => {
  it('is all of it and nothing else, and what was read once is not read again', async () => {
    const log = createFakeEventLog({ clock: createFakeClock() })
    for (const event of [begun(), cancelled('p1'), reminderSet(3), tightened(limitOf('1000'))]) await log.append(() => event)
    const { record, log: watchedLog, read } = watched(log)
    const types = async () => (await record(watchedLog)).map(({ type }) => type)
    expect(await types()).toEqual(['controls.begun', 'controls.tightened'])
    await log.append(() => tightened(limitOf('500')))
    expect(await types()).toEqual(['controls.begun', 'controls.tightened', 'controls.tightened'])
    expect(await types()).toHaveLength(3)
    expect(read).toEqual(['1-6', '6-7'])
  })

  it('of another log is read anew', async () => {
    const [one, other] = [createFakeEventLog({ clock: createFakeClock() }), createFakeEventLog({ clock: createFakeClock() })]
    await one.append(() => begun())
    const { record, log, seen } = watched(one)
    expect(await record(log)).toHaveLength(1)
    expect(await record(seen(other))).toEqual([])
  })

  it('of a long log is gone through a stretch at a time, with a turn for everything else between, and can be ended there', async () => {
    const empty = createFakeEventLog({ clock: createFakeClock() })
    const long = { ...empty, head: () => ({ seq: 12_000, mac: '' }) }
    const { record, log, read, counts } = watched(long)
    await record(log)
    expect([read, counts.turns]).toEqual([['1-5001', '5001-10001', '10001-12001'], 2])
    const cancel = new AbortController()
    cancel.abort(new Error('no longer wanted'))
    await expect(createControlRecord({ nextTurn: async () => {} })(log, cancel.signal)).rejects.toThrow('no longer wanted')
  })
})
