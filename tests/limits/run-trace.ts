/** Plays a trace and holds the rules to their word after each step. */
import { effectOf } from '../../src/domain/control-effects.ts'
import { type Change, type Controls, IllegalControlError, noControls } from '../../src/domain/controls.ts'
import type { NewEvent } from '../../src/domain/events.ts'
import { exclusionEnd } from '../../src/domain/exclusion.ts'
import { isPossible } from '../../src/domain/life-cycle.ts'
import type { Verdict } from '../../src/domain/limits.ts'
import { hasMembers, isExcluded, isGuardian, keepsGuardian, mayExclude, mayReturn } from '../../src/domain/roles.ts'
import { adopted, begun, excluded, looseningAsked, looseningConfirmed, looseningEnded, returnAsked, tightened } from '../support/control-events.ts'
import { approved, chargedBack, declined, refunded, succeeded, unknown, voided } from '../support/events.ts'
import { householdBegun } from '../support/household-events.ts'
import { importedRow, importMade, importUndone } from '../support/import-events.ts'
import type { Coverage } from './coverage.ts'
import { createLaws } from './laws.ts'
import { createRequests } from './run-requests.ts'
import type { Purchase, Step, Trace } from './steps.ts'
import { asId, createWorld, type Rules, rightRules } from './world.ts'

const outcomes = { succeeded, declined, voided, unknown }
const commands = { succeeded: 'succeed', declined: 'decline', voided: 'void', unknown: 'loseTrack' } as const

/** A purchase with who wants it: null while there are no members. */
export interface Wanted extends Purchase {
  readonly memberId: string | null
}

/** Throws an error that says which law was broken. */
export function runTrace({ startMs, zone, hasMembers: hasThem, steps }: Trace, coverage: Coverage, rules: Rules = rightRules): void {
  const world = createWorld(rules, startMs)
  const laws = createLaws(world, coverage)
  const requests = createRequests(world, laws, coverage, nextId)
  const questions: { readonly purchase: Wanted; readonly verdict: Verdict }[] = []
  let [count, profile, newestBuyer] = [0, 0, null as string | null]
  world.append(begun(zone))
  if (hasThem) begin()
  for (const step of steps) {
    const before = world.controls()
    play(step)
    laws.afterStep(before, step)
  }
  laws.atTheEnd()

  function play(step: Step): void {
    switch (step.do) {
      case 'buy':
        return answer(wantedBy(step), judged(wantedBy(step)))
      case 'ask':
        return void questions.push({ purchase: wantedBy(step), verdict: judged(wantedBy(step)) })
      case 'answer': {
        const [question] = questions.splice(step.pick % Math.max(1, questions.length), 1)
        return question && answer(question.purchase, question.verdict)
      }
      case 'settle':
        return settle(step)
      case 'change':
        return change(step.change, actorFor(step.isGuardians))
      case 'confirm':
      case 'withdraw':
        return decide(step)
      case 'adopt':
        return adopt(step)
      case 'exclude':
        return exclude(step)
      case 'return':
        return askReturn(whom(step.pick))
      case 'look':
        return laws.looked(world.judge({ sellerId: 'seller-1', amount: 1, memberId: whom(step.pick) }, { ...world.moment(), gatewayMs: null as never }), whom(step.pick))
      case 'begin':
        return begin()
      case 'open':
        return void (profile = step.pick)
      case 'request':
        return requests.make(step)
      case 'grant':
        return requests.grant(step)
      case 'deny':
        return requests.deny(step)
      case 'import':
        return importAll(step)
      case 'wait':
        return world.wait(step.ms)
      case 'setClock':
        return world.setClock(step.ms)
    }
  }

  function importAll({ rows, counts, isUndone }: Extract<Step, { do: 'import' }>): void {
    const [importId, memberId] = [nextId(), whom(profile)]
    const made = importMade({
      ...{ importId, counts, ...(memberId !== null && { memberId }) },
      rows: rows.map(({ amount, aheadMs, is }, index) =>
        importedRow(index + 1, {
          at: new Date(world.now() + aheadMs).toISOString(),
          kind: is === 'refund' ? 'refund' : 'charge',
          amount: { amount: String(amount), currency: is === 'otherCurrency' ? 'USD' : 'EUR' },
        }),
      ),
    })
    world.append(made)
    coverage.count('imported')
    const charges = counts ? rows.filter(({ is }) => is === 'charge') : []
    laws.imported(charges.map(({ amount, aheadMs }) => ({ purchaseId: importId, memberId, sellerId: 'elsewhere:steam:steam', amount, atMs: world.now() + aheadMs })))
    if (!isUndone) return
    world.append(importUndone(importId))
    coverage.count('import undone')
  }

  function nextId(): string {
    return `p${++count}`
  }

  function begin(): void {
    if (hasMembers(world.controls())) return
    world.append(householdBegun())
    coverage.count('household begun')
  }

  /** Somebody who is or was a member. */
  function whom(pick: number): string | null {
    const members = world.controls().members ?? []
    return members[pick % Math.max(1, members.length)]?.memberId ?? null
  }

  function actorFor(isGuardians: boolean): string | null {
    const { members = [] } = world.controls()
    return isGuardians ? (members.find(({ memberId }) => isGuardian(world.controls(), memberId))?.memberId ?? null) : whom(profile)
  }

  function wantedBy({ sellerId, amount }: Purchase): Wanted {
    return { sellerId, amount, memberId: whom(profile) }
  }

  function judged(purchase: Wanted): Verdict {
    const verdict = world.judge(purchase)
    laws.judged(purchase, verdict)
    return verdict
  }

  /** The person said yes: judged again inside the transaction, as the log does. */
  function answer(purchase: Wanted, asked: Verdict): void {
    if (asked.kind === 'blocked') return
    const verdict = rules.isJudgedAgain ? judged(purchase) : asked
    if (verdict.kind === 'blocked') return coverage.count('approved when it was asked about, and refused when it was answered')
    const { sellerId, amount, memberId } = purchase
    const [id, countedAt, money] = [nextId(), iso(world.moment().ms), { amount: String(amount), currency: 'EUR' }]
    world.append(approved(id, { sellerId, price: money, countedAt, limitWarnings: verdict.warnings, ...(memberId !== null && { memberId }) }))
    laws.approved({ purchaseId: id, ...purchase, atMs: Date.parse(countedAt) }, verdict.warnings)
    if (newestBuyer !== null && newestBuyer !== memberId) coverage.count('bought by another profile than the one before')
    newestBuyer = memberId
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

  /** Whether they may make the change now, as a use case asks before anything is written. */
  function isTheirs(actor: string | null, wanted: Change, isLooser: boolean): boolean {
    const controls = world.controls()
    const { gatewayMs } = world.moment()
    if (wanted.kind === 'member' && !hasMembers(controls)) return false
    if (!rules.mayChange(controls, actor, wanted, isLooser) || !keepsGuardian(controls, wanted)) {
      coverage.count('not theirs to change')
      return false
    }
    if (isLooser && hasMembers(controls) && isExcluded(controls, actor, gatewayMs)) {
      coverage.count('nothing loosened by who is excluded')
      return false
    }
    if (!rules.isWayAround(controls, wanted, gatewayMs)) return true
    coverage.count('kept out while a grown-up is excluded')
    return false
  }

  function change(wanted: Change, actor: string | null): void {
    const effect = effectOf(world.controls(), wanted)
    if (effect === 'none' || !isTheirs(actor, wanted, effect === 'looser')) return
    laws.changing(actor, wanted, effect)
    offer(effect === 'tighter' ? tightened(wanted) : looseningAsked(`change-${++count}`, wanted, iso(world.now())))
    coverage.count(effect === 'tighter' ? 'tightened' : 'asked for something looser')
  }

  function decide({ do: what, pick, isGuardians }: Extract<Step, { do: 'confirm' | 'withdraw' }>): void {
    const { pending } = world.controls()
    const waiting = pending[pick % Math.max(1, pending.length)]
    if (!waiting) return
    if (what === 'withdraw') return offer(looseningEnded(waiting.changeId))
    const actor = actorFor(isGuardians)
    if (!isTheirs(actor, waiting.change, true)) return
    laws.changing(actor, waiting.change, 'looser')
    offer(looseningConfirmed(waiting.changeId, iso(world.now())))
  }

  function exclude({ length, pick }: Extract<Step, { do: 'exclude' }>): void {
    const memberId = whom(pick)
    if (!mayExclude(world.controls(), actorFor(pick % 2 === 0), memberId)) return
    offer(excluded(iso(world.now()), iso(exclusionEnd(length, world.now())), length, memberId ?? undefined))
    if (memberId !== null) coverage.count('member excluded')
  }

  function askReturn(memberId: string | null): void {
    const controls = world.controls()
    if (!hasMembers(controls)) return offer(returnAsked(iso(world.now())))
    // The household's own is from before there were members; a guardian returns from it for all of them.
    const theirs = controls.exclusions?.some((one) => one.memberId === memberId && one.returnAskedAt === null) ? memberId : null
    const actor = [memberId, actorFor(true)].find((one) => mayReturn(controls, one, theirs)) ?? null
    if (actor !== null) offer(returnAsked(iso(world.now()), theirs ?? undefined))
  }

  function adopt({ limits, hours, excludedMs, people }: Extract<Step, { do: 'adopt' }>): void {
    const { household, members } = world.controls()
    const ending = excludedMs === null ? null : { begunAt: iso(world.now()), until: iso(world.now() + excludedMs), returnAskedAt: null }
    const who = members && people[0]?.memberId
    const exclusions = who !== undefined && ending ? { exclusions: [{ memberId: who, ...ending }] } : {}
    const others = people.filter(({ memberId }, index) => people.findIndex((one) => one.memberId === memberId) === index)
    offer(adopted({ household, limits: onePerKey(limits), quietHours: hours, exclusion: who === undefined ? ending : null, ...exclusions, ...(members && { members: others }) }))
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
