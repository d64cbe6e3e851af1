/** What has to hold in every trace, by the naive model alone. Each throws an error that names the promise. */
import type { Controls, LimitWarning } from '../../src/domain/controls.ts'
import type { NewEvent } from '../../src/domain/events.ts'
import type { Block, Verdict } from '../../src/domain/limits.ts'
import type { Coverage } from './coverage.ts'
import { isQuietAt, type Spent, spentIn } from './naive.ts'
import type { Purchase, Step } from './steps.ts'
import type { World } from './world.ts'

const [day, quarter] = [86_400_000, 900_000]

function assert(holds: boolean, law: string, about?: unknown): asserts holds {
  const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
  if (!holds) throw new Error(about === undefined ? law : `${law}: ${JSON.stringify(about, plain)}`)
}

export function createLaws(world: World, coverage: Coverage) {
  const spent: Spent[] = []
  /** When a yes after the end of an exclusion was given, and the latest end of all exclusions. */
  let [excludedUntilMs, returnedMs] = [0, 0]
  const told = new Set<string>()
  let mayLoosen = false

  function left(limit: Controls['limits'][number], atMs: number, zone: string): number {
    return Number(limit.amount) - spentIn(spent, limit, atMs, zone)
  }

  /** P5: the end has come by the time of the gateway, then a yes, then a day. */
  function isExcludedAt(gatewayMs: number): boolean {
    return excludedUntilMs > 0 && (returnedMs < excludedUntilMs || gatewayMs < returnedMs + day)
  }

  function blockedRightly({ sellerId, amount }: Purchase, block: Block): void {
    const { household, limits, quietHours } = world.controls()
    const { ms, gatewayMs } = world.moment()
    const zone = household?.zone ?? 'UTC'
    switch (block.kind) {
      case 'excluded':
        return assert(isExcludedAt(gatewayMs), 'nobody is excluded without an exclusion', block)
      case 'quietHours':
        assert(isQuietAt(quietHours, ms, zone), 'P4 quiet hours are quiet only when they are', block)
        return assert(block.untilMs > ms && isQuietAt(quietHours, block.untilMs - 1, zone), 'P4 quiet hours last until they are over', block)
      case 'limit': {
        const concerned = limits.filter((limit) => limit.sellerId === null || limit.sellerId === sellerId)
        const least = Math.min(...concerned.map((limit) => left(limit, ms, zone)).filter((room) => room < amount))
        assert(Number(block.standing.left) === least, 'P4 of the limits without room, the one with the least left is named', block)
        const { span, spent: charged } = block.standing
        return assert(!span || (span.startMs <= ms && ms < span.endMs && charged >= 0n), 'a span holds the moment', block)
      }
    }
  }

  function countBlock({ kind, ...block }: Block): void {
    if (kind === 'quietHours') return coverage.count('refused by quiet hours')
    if ('state' in block) return coverage.count(({ running: 'refused by an exclusion that runs', ended: 'refused by an exclusion that has ended', coolingOff: 'refused by an exclusion that cools off' } as const)[block.state])
    if (!('standing' in block)) return
    const { limit, spent: charged, reserved } = block.standing
    coverage.count(limit.sellerId === null ? 'refused by a limit' : 'refused by a limit of a seller')
    if (charged === 0n && reserved > 0n) coverage.count('refused by reservations alone')
  }

  return {
    judged(purchase: Purchase, verdict: Verdict): void {
      if (verdict.kind === 'allowed') return
      blockedRightly(purchase, verdict.block)
      countBlock(verdict.block)
    },
    /** Judged while nobody knew the time of the gateway. */
    looked(verdict: Verdict): void {
      const isOpen = verdict.kind === 'allowed' || verdict.block.kind !== 'excluded'
      assert(!isOpen || excludedUntilMs === 0, 'P5 no exclusion ends while nobody knows the time of the gateway')
    },
    approved(purchase: Omit<Spent, 'isReleased'>, warnings: readonly LimitWarning[]): void {
      const { household, limits, quietHours } = world.controls()
      assert(household !== null, 'a household stays')
      assert(!isExcludedAt(world.now()), 'P5 nothing is bought while a person is excluded', purchase)
      assert(!isQuietAt(quietHours, purchase.atMs, household.zone), 'P4 nothing is bought in quiet hours', purchase)
      if (spent.some(({ isReleased }) => isReleased)) coverage.count('released and used again')
      spent.push({ ...purchase, isReleased: false })
      for (const limit of limits) {
        if (limit.sellerId !== null && limit.sellerId !== purchase.sellerId) continue
        const alone = limit.period === 'purchase' ? purchase.amount : 0
        const over = alone - left(limit, purchase.atMs, household.zone)
        assert(over <= 0, 'P4 a limit is never passed', { limit, over, purchase })
      }
      for (const { percent, ...where } of warnings) {
        const name = JSON.stringify([where, percent])
        assert(!told.has(name), 'a warning is told once', name)
        told.add(name)
        coverage.count(percent === 80 ? 'warned at 80' : 'warned at 100')
      }
      coverage.count('approved')
      if (excludedUntilMs > 0) coverage.count('bought after an exclusion')
    },
    settled(id: string, as: 'succeeded' | 'declined' | 'voided' | 'unknown'): void {
      const one = spent.find(({ purchaseId }) => purchaseId === id)
      assert(one !== undefined, 'nothing is settled that was not approved')
      if (as === 'succeeded' && one.isReleased) coverage.count('succeeded after its release')
      one.isReleased = as === 'declined' || as === 'voided'
    },
    taken({ type, payload }: NewEvent): void {
      if (type === 'controls.looseningConfirmed') mayLoosen = true
      if (type === 'exclusion.begun') excludedUntilMs = Math.max(excludedUntilMs, Date.parse(payload.until))
      if (type === 'controls.adopted' && payload.controls.exclusion) excludedUntilMs = Math.max(excludedUntilMs, Date.parse(payload.controls.exclusion.until))
      if (type !== 'exclusion.returnAsked') return
      assert(world.now() >= excludedUntilMs, 'P5 nobody returns before the end')
      returnedMs = world.now()
    },
    refused({ type, payload }: NewEvent): void {
      if (type === 'exclusion.begun') {
        assert(Date.parse(payload.until) < excludedUntilMs, 'P5 an exclusion may always be longer')
        coverage.count('shorter exclusion refused')
      }
      if (type === 'exclusion.returnAsked') assert(excludedUntilMs === 0 || world.now() < excludedUntilMs || returnedMs >= excludedUntilMs, 'P5 a return can be asked for after the end')
      if (type === 'controls.tightened' || type === 'controls.adopted') assert(false, 'P5 tighter controls are always taken', payload)
      if (type !== 'controls.looseningConfirmed') return
      const waitedMs = world.now() - Date.parse(world.controls().pending.find(({ changeId }) => changeId === payload.changeId)?.askedAt ?? '')
      assert(waitedMs < day || waitedMs >= 7 * day, 'a second yes in time is taken', waitedMs)
      coverage.count(waitedMs < day ? 'second yes too early' : 'second yes too late')
    },
    /** P5: controls become looser by a second yes in time to what was asked for, and by nothing else. */
    afterStep(before: Controls, step: Step): void {
      const after = world.controls()
      const looser = looserIn(before, after)
      if (looser !== null) {
        assert(mayLoosen && step.do === 'confirm', 'P5 nothing but a second yes makes a control looser', { looser, step })
        const confirmed = before.pending.filter(({ changeId }) => after.pending.every((one) => one.changeId !== changeId))
        const waitedMs = confirmed.map(({ askedAt }) => world.now() - Date.parse(askedAt))
        assert(waitedMs.length === 1 && waitedMs.every((ms) => ms >= day && ms < 7 * day), 'P5 a second yes takes a day, and a week at most', waitedMs)
        coverage.count('became looser')
        if (looser === 'zone') coverage.count('another zone')
        // Another calendar has other spans, of which another may be told; and the first one's again, should it return.
        if (looser === 'zone') told.clear()
      }
      mayLoosen = false
    },
    atTheEnd(): void {
      const expected = new Map<string, number>()
      for (const { isReleased, sellerId, amount, atMs } of spent) {
        const key = `${Math.floor(atMs / quarter) * quarter} ${sellerId}`
        if (!isReleased) expected.set(key, (expected.get(key) ?? 0) + amount)
      }
      const found = new Map(world.usage(0).map((line) => [`${line.atMs} ${line.sellerId}`, Number(line.spent + line.reserved)]))
      const isSame = found.size === expected.size && [...expected].every(([key, amount]) => found.get(key) === amount)
      assert(isSame, 'P4 what is used is what was approved and not released', { found: [...found], expected: [...expected] })
    },
  }
}

/** What gives more room to buy than before, or null. */
function looserIn(before: Controls, after: Controls): 'limit' | 'quietHours' | 'zone' | null {
  if (before.household?.zone !== after.household?.zone) return 'zone'
  const isKept = before.limits.every(({ period, sellerId, amount }) =>
    after.limits.some((limit) => limit.period === period && limit.sellerId === sellerId && Number(limit.amount) <= Number(amount)),
  )
  if (!isKept) return 'limit'
  if (before.quietHours === after.quietHours) return null
  // A gap begins where hours from before begin, or where hours from now end.
  const minutes = [...before.quietHours.map(({ fromMinute }) => fromMinute), ...after.quietHours.map(({ toMinute }) => toMinute)]
  const instants = minutes.flatMap((minute) => [0, 1, 2, 3, 4, 5, 6].map((weekday) => weekday * day + minute * 60_000))
  return instants.some((ms) => isQuietAt(before.quietHours, ms, 'UTC') && !isQuietAt(after.quietHours, ms, 'UTC')) ? 'quietHours' : null
}
