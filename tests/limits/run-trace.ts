/** Plays a trace and holds the rules to their word after each step. */
import { type Change, type Controls, IllegalControlError, effectOf, noControls } from '../../src/domain/controls.ts'
import type { NewEvent } from '../../src/domain/events.ts'
import { exclusionEnd } from '../../src/domain/exclusion.ts'
import { isPossible } from '../../src/domain/life-cycle.ts'
import type { Verdict } from '../../src/domain/limits.ts'
import { adopted, begun, excluded, looseningAsked, looseningConfirmed, looseningEnded, returnAsked, tightened } from '../support/control-events.ts'
import { approved, chargedBack, declined, refunded, succeeded, unknown, voided } from '../support/events.ts'
import type { Coverage } from './coverage.ts'
import { createLaws } from './laws.ts'
import type { Purchase, Step, Trace } from './steps.ts'
import { asId, createWorld, type Rules, rightRules } from './world.ts'

const outcomes = { succeeded, declined, voided, unknown }
const commands = { succeeded: 'succeed', declined: 'decline', voided: 'void', unknown: 'loseTrack' } as const

/** Throws an error that says which law was broken. */
export function runTrace({ startMs, zone, steps }: Trace, coverage: Coverage, rules: Rules = rightRules): void {
  const world = createWorld(rules, startMs)
  const laws = createLaws(world, coverage)
  const questions: { readonly purchase: Purchase; readonly verdict: Verdict }[] = []
  let count = 0
  world.append(begun(zone))
  for (const step of steps) {
    const before = world.controls()
    play(step)
    laws.afterStep(before, step)
  }
  laws.atTheEnd()

  function play(step: Step): void {
    switch (step.do) {
      case 'buy':
        return answer(step, judged(step))
      case 'ask':
        return void questions.push({ purchase: step, verdict: judged(step) })
      case 'answer': {
        const [question] = questions.splice(step.pick % Math.max(1, questions.length), 1)
        return question && answer(question.purchase, question.verdict)
      }
      case 'settle':
        return settle(step)
      case 'change':
        return change(step.change)
      case 'confirm':
      case 'withdraw':
        return decide(step)
      case 'adopt':
        return adopt(step)
      case 'exclude': {
        const [begunAt, until] = [iso(world.now()), iso(exclusionEnd(step.length, world.now()))]
        return offer(excluded(begunAt, until, step.length))
      }
      case 'return':
        return offer(returnAsked(iso(world.now())))
      case 'look':
        return laws.looked(world.judge({ sellerId: 'seller-1', amount: 1 }, { ...world.moment(), gatewayMs: null as never }))
      case 'wait':
        return world.wait(step.ms)
      case 'setClock':
        return world.setClock(step.ms)
    }
  }

  function judged(purchase: Purchase): Verdict {
    const verdict = world.judge(purchase)
    laws.judged(purchase, verdict)
    return verdict
  }

  /** The person said yes: judged again inside the transaction, as the log does. */
  function answer(purchase: Purchase, asked: Verdict): void {
    if (asked.kind === 'blocked') return
    const verdict = rules.isJudgedAgain ? judged(purchase) : asked
    if (verdict.kind === 'blocked') return coverage.count('approved when it was asked about, and refused when it was answered')
    const id = `p${++count}`
    const countedAt = iso(world.moment().ms)
    const money = { amount: String(purchase.amount), currency: 'EUR' }
    world.append(approved(id, { sellerId: purchase.sellerId, price: money, countedAt, limitWarnings: verdict.warnings }))
    laws.approved({ purchaseId: id, ...purchase, atMs: Date.parse(countedAt) }, verdict.warnings)
  }

  function settle({ pick, as }: Extract<Step, { do: 'settle' }>): void {
    const all = world.records()
    const record = all[pick % Math.max(1, all.length)]
    if (!record) return
    const { purchaseId: id, state, price, sequence } = record
    if (as === 'refunded' || as === 'chargedBack') {
      if (state !== 'succeeded') return
      const money = { amount: price.amount.toString(), currency: 'EUR' }
      world.append(as === 'refunded' ? refunded(id, money, '1', sequence + 1) : chargedBack(id, money, '1', sequence + 1))
      return coverage.count('money came back')
    }
    if (!isPossible(state, commands[as])) return
    world.append(outcomes[as](asId(id)))
    laws.settled(id, as)
  }

  function change(wanted: Change): void {
    const effect = effectOf(world.controls(), wanted)
    if (effect === 'none') return
    offer(effect === 'tighter' ? tightened(wanted) : looseningAsked(`change-${++count}`, wanted, iso(world.now())))
    coverage.count(effect === 'tighter' ? 'tightened' : 'asked for something looser')
  }

  function decide({ do: what, pick }: Extract<Step, { do: 'confirm' | 'withdraw' }>): void {
    const { pending } = world.controls()
    const waiting = pending[pick % Math.max(1, pending.length)]
    if (waiting) offer(what === 'confirm' ? looseningConfirmed(waiting.changeId, iso(world.now())) : looseningEnded(waiting.changeId))
  }

  function adopt({ limits, hours, excludedMs }: Extract<Step, { do: 'adopt' }>): void {
    const exclusion = excludedMs === null ? null : { begunAt: iso(world.now()), until: iso(world.now() + excludedMs), returnAskedAt: null }
    offer(adopted({ household: world.controls().household, limits: onePerKey(limits), quietHours: hours, exclusion }))
    coverage.count('stricter controls taken over')
  }

  /** What may not be is refused by the fold, and changes nothing. */
  function offer(event: NewEvent): void {
    try {
      world.append(event)
      laws.taken(event)
    } catch (error) {
      if (!(error instanceof IllegalControlError)) throw error
      laws.refused(event)
    }
  }
}

const iso = (ms: number) => new Date(ms).toISOString()

function onePerKey(limits: Controls['limits']): Controls['limits'] {
  return limits.reduce<Controls['limits']>((kept, limit) => {
    const isNew = effectOf({ ...noControls, limits: kept }, { kind: 'limit', ...limit, amount: null }) === 'none'
    return isNew ? [...kept, limit] : kept
  }, [])
}
