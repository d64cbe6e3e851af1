import { describe, expect, it } from 'vitest'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import type { EventLog, PurchaseRecord } from '../../src/main/ports/event-log.ts'
import { type Gateway, GatewayError } from '../../src/main/ports/gateway.ts'
import { addCoverage, createCoverage, situations } from './coverage.ts'
import { simulate } from './simulate.ts'
import type { Sabotage } from './world.ts'

const slice = 1_500

async function firstViolation(seeds: number, sabotage: Sabotage): Promise<string | null> {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { violation } = await simulate(seed, { sabotage })
    if (violation) return violation
  }
  return null
}

describe('many lives, with everything going wrong that can', () => {
  it('P1 P2 P3 P4 P5 hold at every moment, nothing is stuck in the end, and every situation came up', async () => {
    const coverage = { ...createCoverage().counts }
    for (let seed = 1; seed <= slice; seed += 1) {
      const run = await simulate(seed)
      expect(run.violation).toBeNull()
      addCoverage(coverage, run.coverage)
    }
    expect(situations.filter((situation) => coverage[situation] === 0)).toEqual([])
  })

  it('the same seed is the same life', async () => {
    const [one, other] = [await simulate(7, { isTraced: true }), await simulate(7, { isTraced: true })]
    expect(one.trace.length).toBeGreaterThan(50)
    expect(other).toEqual(one)
  })
})

type Change<T> = (real: T) => Partial<T>
const log = (change: Change<EventLog>): Sabotage => ({ log: (real) => ({ ...real, ...change(real) }) })
const gateway = (change: Change<Gateway>): Sabotage => ({ gateway: (real) => ({ ...real, ...change(real) }) })
const isNoAnswer = (error: unknown) => error instanceof GatewayError && error.problem.kind === 'unreachable' && error.problem.sent

/** Each is one mistake that a programmer could make; the simulation has to notice it. */
describe('the simulation finds out when', () => {
  it.each<[string, RegExp, Sabotage]>([
    ['P1 a request is sent before its approval is on the disk', /P1 .* without an approval/, { log: hasty }],
    ['P3 a request is sent before its approval is anchored', /P3 .* anchored/, log(() => ({ anchored: () => Promise.resolve() }))],
    [
      'P2 an unanswered purchase is sent again',
      /P2 .* sent twice/,
      gateway((real) => ({ purchase: (key, body) => real.purchase(key, body).catch(() => real.purchase(key, body)) })),
    ],
    [
      'P2 no answer is taken for a decline',
      /P2 .* was charged, and the ledger said that it was not/,
      gateway((real) => ({
        purchase: (key, body) =>
          real.purchase(key, body).catch((error: unknown) => {
            if (isNoAnswer(error)) return { status: 'declined', reason: 'risk' } as const
            throw error
          }),
      })),
    ],
    [
      'P2 a purchase is voided because the gateway has not seen it yet',
      /P2 .* was charged, and the ledger said that it was not/,
      gateway(() => ({ time: () => Promise.resolve(Date.parse('2026-12-01T00:00:00.000Z')), chargeList: () => Promise.resolve([]) })),
    ],
    [
      'P2 a message is acknowledged before it is durable',
      /differ/,
      gateway((real) => ({
        async messages() {
          const messages = await real.messages()
          if (messages.length > 0) await real.acknowledge(messages.map(({ message }) => message.id))
          return messages
        },
      })),
    ],
    ['P4 what was spent is forgotten', /P4 .* makes/, log(() => ({ usageSince: () => [] }))],
    ['P5 an exclusion is forgotten', /P5 .* exclusion/, log((real) => ({ controls: () => ({ ...real.controls(), exclusion: null }) }))],
    ['P4 what members bought is taken for nobody’s', /P4 .* makes/, log((real) => ({ usageSince: (fromMs) => real.usageSince(fromMs).map((line) => ({ ...line, memberId: null })) }))],
    ['P5 an exclusion of a member is forgotten', /P5 .* exclusion/, log((real) => ({ controls: () => ({ ...real.controls(), exclusions: [] }) }))],
    ['P8 anybody’s yes is taken for a guardian’s', /P8 .* agreed to by/, log((real) => ({ append: (decide) => real.append(() => agreedByAnybody(decide())) }))],
    ['a purchase is never asked for again', /stuck|differ/, log(() => ({ unsettled: () => [] }))],
  ])('%s', async (_name, message, sabotage) => {
    expect(await firstViolation(3_000, sabotage)).toMatch(message)
  })
})

/** A yes of somebody else than the guardian who was asked. */
function agreedByAnybody(event: NewEvent | null): NewEvent | null {
  return event?.type === 'purchase.approved' && event.payload.approvedBy !== undefined ? { ...event, payload: { ...event.payload, approvedBy: 'adult' } } : event
}

/** Says that an approval is durable at once, and writes it later. */
function hasty(real: EventLog): EventLog {
  const promised = new Map<string, Extract<LogEvent, { type: 'purchase.approved' }>>()
  return {
    ...real,
    anchored: () => Promise.resolve(),
    approval: (id) => real.approval(id) ?? promised.get(id) ?? null,
    purchase: (id) => real.purchase(id) ?? (promised.has(id) ? ({ state: 'approved' } as PurchaseRecord) : null),
    append: (decide) =>
      Promise.race([
        real.append(decide),
        promise(decide()),
      ]),
  }

  function promise(event: ReturnType<Parameters<EventLog['append']>[0]>): Promise<LogEvent | null> {
    if (event?.type !== 'purchase.approved') return new Promise(() => {})
    promised.set(event.payload.purchaseId, { ...event, seq: 0, id: 'promised' as LogEvent['id'], at: '', mac: '' })
    return Promise.resolve(null)
  }
}
