/** What has to hold in every trace, by the naive model alone. Each throws an error that names the promise. */
import type { Effect } from '../../src/domain/control-effects.ts'
import type { Change, Controls, LimitWarning, MemberRole } from '../../src/domain/controls.ts'
import type { NewEvent, RequestedPurchase } from '../../src/domain/events.ts'
import type { Block, Verdict } from '../../src/domain/limits.ts'
import { type MonitoringLevel, monitoringLevels } from '../../src/domain/monitoring.ts'
import type { Coverage } from './coverage.ts'
import { isQuietAt, type Spent, spentIn } from './naive.ts'
import type { Purchase, Step } from './steps.ts'
import type { World } from './world.ts'

const [day, quarter] = [86_400_000, 900_000]

export function assert(holds: boolean, law: string, about?: unknown): asserts holds {
  const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
  if (!holds) throw new Error(about === undefined ? law : `${law}: ${JSON.stringify(about, plain)}`)
}

/** Who buys, and who is said to have agreed. */
interface Bought extends Omit<Spent, 'isReleased'> {
  readonly approvedBy?: string
  readonly requestId?: string
}

/** Of one member, or of the household: the latest end of all exclusions, and when a yes after it was given. */
interface Ban {
  untilMs: number
  returnedMs: number
}

const isMinorRole = (role: MemberRole | undefined) => role === 'teen' || role === 'child'
const ranks: readonly MemberRole[] = ['removed', 'child', 'teen', 'adult', 'guardian']
export const roleNow = ({ members = [] }: Controls, memberId: string | null): MemberRole | undefined => members.find((one) => one.memberId === memberId)?.role

export function createLaws(world: World, coverage: Coverage) {
  const spent: Spent[] = []
  const bans = new Map<string | null, Ban>()
  /** What waits for a guardian's yes. */
  const wanted = new Map<string, RequestedPurchase>()
  const told = new Set<string>()
  let mayLoosen = false

  function left(limit: Controls['limits'][number], atMs: number, zone: string): number {
    return Number(limit.amount) - spentIn(spent, limit, atMs, zone)
  }

  function banOf(memberId: string | null): Ban {
    const ban = bans.get(memberId) ?? { untilMs: 0, returnedMs: 0 }
    bans.set(memberId, ban)
    return ban
  }

  /** P5: the end has come by the time of the gateway, then a yes, then a day. */
  function isBanned(memberId: string | null, gatewayMs: number): boolean {
    const { untilMs, returnedMs } = banOf(memberId)
    return untilMs > 0 && (returnedMs < untilMs || gatewayMs < returnedMs + day)
  }
  /** Theirs or the household's. */
  const isExcludedAt = (memberId: string | null, gatewayMs: number) => isBanned(null, gatewayMs) || isBanned(memberId, gatewayMs)

  const hoursFor = (memberId: string | null | undefined) => world.controls().quietHours.filter((one) => one.memberId === memberId)

  function mayNotAnswer(guardianId: string, memberId: string | null, gatewayMs: number): boolean {
    const controls = world.controls()
    const isTheirs = isMinorRole(roleNow(controls, memberId)) && roleNow(controls, guardianId) === 'guardian' && guardianId !== memberId
    return !isTheirs || isExcludedAt(guardianId, gatewayMs)
  }

  function blockedRightly({ sellerId, amount, memberId, approvedBy }: Purchase & Pick<Bought, 'memberId' | 'approvedBy'>, block: Block): void {
    const { household, limits, members } = world.controls()
    const { ms, gatewayMs } = world.moment()
    const zone = household?.zone ?? 'UTC'
    switch (block.kind) {
      case 'excluded':
        return assert(isExcludedAt(memberId, gatewayMs), 'nobody is excluded without an exclusion', block)
      case 'quietHours': {
        const hours = hoursFor(block.memberId)
        assert(block.memberId === undefined || block.memberId === memberId, 'P4 quiet hours are of the household or of who buys', block)
        assert(isQuietAt(hours, ms, zone), 'P4 quiet hours are quiet only when they are', block)
        return assert(block.untilMs > ms && isQuietAt(hours, block.untilMs - 1, zone), 'P4 quiet hours last until they are over', block)
      }
      case 'frozen':
        return assert(false, 'nobody freezes anything here', block)
      case 'noMember':
        return assert(members !== undefined && (roleNow(world.controls(), memberId) ?? 'removed') === 'removed', 'P8 only who is no member is taken for none', block)
      case 'approver':
        return assert(approvedBy !== undefined && mayNotAnswer(approvedBy, memberId, gatewayMs), 'P8 a guardian’s yes counts', approvedBy)
      case 'limit': {
        const concerned = limits.filter((limit) => isAbout(limit, { sellerId, memberId }) && (limit.memberId === undefined || approvedBy === undefined))
        const least = Math.min(...concerned.map((limit) => left(limit, ms, zone)).filter((room) => room < amount))
        assert(Number(block.standing.left) === least, 'P4 of the limits without room, the one with the least left is named', block)
        const { span, spent: charged } = block.standing
        return assert(!span || (span.startMs <= ms && ms < span.endMs && charged >= 0n), 'a span holds the moment', block)
      }
    }
  }

  function countBlock({ kind, ...block }: Block): void {
    if (kind === 'noMember') return coverage.count('refused to somebody who was removed')
    if (kind === 'quietHours') return coverage.count('memberId' in block ? 'refused by quiet hours of the member' : 'refused by quiet hours')
    if ('state' in block) return coverage.count(({ running: 'refused by an exclusion that runs', ended: 'refused by an exclusion that has ended', coolingOff: 'refused by an exclusion that cools off' } as const)[block.state])
    if (!('standing' in block)) return
    const { limit, spent: charged, reserved } = block.standing
    coverage.count(limit.sellerId === null ? 'refused by a limit' : 'refused by a limit of a seller')
    if (limit.memberId !== undefined) coverage.count('refused by a limit of the member')
    if (charged === 0n && reserved > 0n) coverage.count('refused by reservations alone')
  }

  /** P4: each limit that is about it, but the member's own where a guardian agreed. */
  function withinLimits(purchase: Bought, zone: string): void {
    for (const limit of world.controls().limits.filter((one) => isAbout(one, purchase))) {
      const alone = limit.period === 'purchase' ? purchase.amount : 0
      const over = alone - left(limit, purchase.atMs, zone)
      const isException = limit.memberId !== undefined && purchase.approvedBy !== undefined
      assert(over <= 0 || isException, limit.memberId === undefined ? 'P4 a limit is never passed' : 'P4 a limit of a member is never passed', { limit, over, purchase })
      if (over > 0) coverage.count('granted beyond a limit of the member')
    }
  }

  /** P8: for the one thing that was asked for, once, within a day, by a guardian. */
  function agreedRightly({ approvedBy, requestId = '', memberId, sellerId, amount }: Bought): void {
    if (approvedBy === undefined) return
    const request = wanted.get(requestId)
    assert(request !== undefined, 'P8 a request is granted once, and only while it waits', requestId)
    wanted.delete(requestId)
    assert(request.memberId === memberId && request.sellerId === sellerId && Number(request.price.amount) === amount, 'P8 nothing else is granted than was asked for', request)
    assert(world.now() - Date.parse(request.askedAt) < day, 'P8 a request lapses after a day', request)
    assert(!mayNotAnswer(approvedBy, memberId, world.now()), 'P8 nobody but a guardian agrees, and nobody to themselves', approvedBy)
  }

  function toldOnce(warnings: readonly LimitWarning[]): void {
    for (const { percent, ...where } of warnings) {
      const name = JSON.stringify([where, percent])
      assert(!told.has(name), 'a warning is told once', name)
      told.add(name)
      coverage.count(percent === 80 ? 'warned at 80' : 'warned at 100')
    }
  }

  /** Whoever was removed gives no new yes: theirs counts as long as it runs. */
  function shuts(memberId: string, role: MemberRole | undefined): boolean {
    return role === 'removed' ? world.now() < banOf(memberId).untilMs : !isMinorRole(role) && isBanned(memberId, world.now())
  }

  /** P5: who came in or became older, while some grown-up or the household was excluded. */
  function peopleAfter(before: Controls, { members = [], limits }: Controls, step: Step): void {
    const isShut = isBanned(null, world.now()) || [...bans.keys()].some((id) => id !== null && shuts(id, roleNow(before, id)))
    assert(before.members === undefined || members.some(({ role }) => role === 'guardian'), 'P5 a guardian stays')
    for (const { memberId, role } of members) {
      const was = roleNow(before, memberId)
      if (was === role || (was === undefined && role === 'removed')) continue
      if (isMinorRole(role) && !isMinorRole(was)) assert(limits.some((limit) => limit.memberId === memberId), 'P4 nobody becomes a minor without a limit', memberId)
      if (before.members === undefined) continue
      const isUp = was === undefined || ranks.indexOf(role) > ranks.indexOf(was)
      assert(!isUp || !isShut || step.do === 'adopt', 'P5 nobody comes in or grows older while a grown-up is excluded', { memberId, role })
      if (was === undefined) coverage.count(isMinorRole(role) ? 'minor came in' : 'grown-up came in')
      else coverage.count(role === 'removed' ? 'removed' : isUp ? 'became older' : 'became younger')
    }
  }

  return {
    judged(purchase: Purchase & Pick<Bought, 'memberId' | 'approvedBy'>, verdict: Verdict): void {
      if (verdict.kind === 'allowed') return
      blockedRightly(purchase, verdict.block)
      countBlock(verdict.block)
      if (verdict.block.kind === 'excluded' && purchase.memberId !== null && !isBanned(null, world.now())) coverage.count('refused to a member who is excluded')
    },
    /** Judged while nobody knew the time of the gateway. */
    looked(verdict: Verdict, memberId: string | null): void {
      const isOpen = verdict.kind === 'allowed' || (verdict.block.kind !== 'excluded' && verdict.block.kind !== 'noMember')
      assert(!isOpen || (banOf(null).untilMs === 0 && banOf(memberId).untilMs === 0), 'P5 no exclusion ends while nobody knows the time of the gateway')
    },
    /** P4, P5: they count from now on, whatever comes of the import. */
    imported(charges: readonly Omit<Spent, 'isReleased'>[]): void {
      for (const charge of charges) spent.push({ ...charge, isReleased: false })
    },
    approved(purchase: Bought, warnings: readonly LimitWarning[]): void {
      const { household, members } = world.controls()
      const { memberId, approvedBy, atMs } = purchase
      assert(household !== null, 'a household stays')
      const role = roleNow(world.controls(), memberId)
      assert(members === undefined || (role !== undefined && role !== 'removed'), 'P8 nobody buys who is no member', purchase)
      assert(!isExcludedAt(memberId, world.now()), 'P5 nothing is bought while a person is excluded', purchase)
      assert(!isQuietAt(hoursFor(undefined), atMs, household.zone), 'P4 nothing is bought in quiet hours', purchase)
      const isQuietForThem = memberId !== null && isQuietAt(hoursFor(memberId), atMs, household.zone)
      assert(!isQuietForThem || approvedBy !== undefined, 'P4 nothing is bought in a member’s quiet hours', purchase)
      if (isQuietForThem) coverage.count('granted in quiet hours of the member')
      if (spent.some(({ isReleased }) => isReleased)) coverage.count('released and used again')
      spent.push({ ...purchase, isReleased: false })
      withinLimits(purchase, household.zone)
      agreedRightly(purchase)
      toldOnce(warnings)
      coverage.count('approved')
      if (isMinorRole(role)) coverage.count('bought by a minor')
      if (banOf(null).untilMs > 0 || banOf(memberId).untilMs > 0) coverage.count('bought after an exclusion')
    },
    settled(id: string, as: 'succeeded' | 'declined' | 'voided' | 'unknown'): void {
      const one = spent.find(({ purchaseId }) => purchaseId === id)
      assert(one !== undefined, 'nothing is settled that was not approved')
      if (as === 'succeeded' && one.isReleased) coverage.count('succeeded after its release')
      one.isReleased = as === 'declined' || as === 'voided'
    },
    requested: (request: RequestedPurchase) => void wanted.set(request.requestId, request),
    ended: (requestId: string) => void wanted.delete(requestId),
    /** P5: somebody is about to make a change. */
    changing(actor: string | null, change: Change, effect: Effect): void {
      const controls = world.controls()
      if (controls.members === undefined) return
      const role = roleNow(controls, actor)
      const isTheirs = (change.kind === 'limit' || change.kind === 'quietHours' || change.kind === 'monitoring') && change.memberId === actor
      assert(role === 'guardian' || isTheirs, 'P5 only guardians decide for others', { actor, change })
      if (effect !== 'looser') return
      assert(!isMinorRole(role), 'P5 no minor loosens anything', { actor, change })
      assert(!isExcludedAt(actor, world.now()), 'P5 nobody who is excluded loosens anything', { actor, change })
    },
    taken({ type, payload }: NewEvent): void {
      if (type === 'controls.looseningConfirmed') mayLoosen = true
      const banUntil = (memberId: string | null, until: string) => void (banOf(memberId).untilMs = Math.max(banOf(memberId).untilMs, Date.parse(until)))
      if (type === 'exclusion.begun') banUntil(payload.memberId ?? null, payload.until)
      if (type === 'controls.adopted' && payload.controls.exclusion) banUntil(null, payload.controls.exclusion.until)
      if (type === 'controls.adopted') for (const { memberId, until } of payload.controls.exclusions ?? []) banUntil(memberId, until)
      if (type !== 'exclusion.returnAsked') return
      const ban = banOf(payload.memberId ?? null)
      assert(world.now() >= ban.untilMs, 'P5 nobody returns before the end')
      ban.returnedMs = world.now()
      if (payload.memberId !== undefined) coverage.count('member returned')
    },
    refused({ type, payload }: NewEvent): void {
      if (type === 'exclusion.begun') {
        assert(Date.parse(payload.until) < banOf(payload.memberId ?? null).untilMs, 'P5 an exclusion may always be longer')
        coverage.count('shorter exclusion refused')
      }
      if (type === 'exclusion.returnAsked') {
        const { untilMs, returnedMs } = banOf(payload.memberId ?? null)
        assert(untilMs === 0 || world.now() < untilMs || returnedMs >= untilMs, 'P5 a return can be asked for after the end')
      }
      if (type === 'controls.tightened' || type === 'controls.adopted') assert(false, 'P5 tighter controls are always taken', payload)
      if (type !== 'controls.looseningConfirmed') return
      const waitedMs = world.now() - Date.parse(world.controls().pending.find(({ changeId }) => changeId === payload.changeId)?.askedAt ?? '')
      assert(waitedMs < day || waitedMs >= 7 * day, 'a second yes in time is taken', waitedMs)
      coverage.count(waitedMs < day ? 'second yes too early' : 'second yes too late')
    },
    /** P5: controls become looser by a second yes in time to what was asked for, and by nothing else. */
    afterStep(before: Controls, step: Step): void {
      const after = world.controls()
      peopleAfter(before, after, step)
      const looser = looserIn(before, after)
      if (looser !== null) {
        assert(mayLoosen && step.do === 'confirm', 'P5 nothing but a second yes makes a control looser', { looser, step })
        const confirmed = before.pending.filter(({ changeId }) => after.pending.every((one) => one.changeId !== changeId))
        const waitedMs = confirmed.map(({ askedAt }) => world.now() - Date.parse(askedAt))
        assert(waitedMs.length === 1 && waitedMs.every((ms) => ms >= day && ms < 7 * day), 'P5 a second yes takes a day, and a week at most', waitedMs)
        coverage.count('became looser')
        if (looser === 'zone') coverage.count('another zone')
        if (looser === 'monitoring') coverage.count('less watchful')
        // Another calendar has other spans, of which another may be told; and the first one's again, should it return.
        if (looser === 'zone') told.clear()
      }
      mayLoosen = false
    },
    atTheEnd(): void {
      const expected = new Map<string, number>()
      for (const { isReleased, sellerId, memberId, amount, atMs } of spent) {
        const key = `${Math.floor(atMs / quarter) * quarter} ${sellerId} ${memberId}`
        if (!isReleased) expected.set(key, (expected.get(key) ?? 0) + amount)
      }
      const found = new Map(world.usage(0).filter(({ currency }) => currency === 'EUR').map((line) => [`${line.atMs} ${line.sellerId} ${line.memberId}`, Number(line.spent + line.reserved)]))
      const isSame = found.size === expected.size && [...expected].every(([key, amount]) => found.get(key) === amount)
      assert(isSame, 'P4 what is used is what was approved and not released, and what was imported to count', { found: [...found], expected: [...expected] })
    },
  }
}

export type Laws = ReturnType<typeof createLaws>

function isAbout(limit: Controls['limits'][number], { sellerId, memberId }: { readonly sellerId: string; readonly memberId: string | null }): boolean {
  return (limit.sellerId === null || limit.sellerId === sellerId) && (limit.memberId === undefined || limit.memberId === memberId)
}

/** What gives more room to buy than before, or null. */
function looserIn(before: Controls, after: Controls): 'limit' | 'quietHours' | 'zone' | 'member' | 'monitoring' | null {
  if (before.household?.zone !== after.household?.zone) return 'zone'
  const isKept = before.limits.every(({ period, sellerId, memberId, amount }) =>
    after.limits.some((limit) => limit.period === period && limit.sellerId === sellerId && limit.memberId === memberId && Number(limit.amount) <= Number(amount)),
  )
  if (!isKept) return 'limit'
  if (before.members && after.members?.some(({ memberId, role }) => isFreer(roleNow(before, memberId), role))) return 'member'
  if (before.monitoring !== after.monitoring && watchedBy(before, after).some(([was, is]) => monitoringLevels.indexOf(is) < monitoringLevels.indexOf(was))) return 'monitoring'
  if (before.quietHours === after.quietHours) return null
  const whose = [...new Set(before.quietHours.map(({ memberId }) => memberId))]
  return whose.some((memberId) => hasGap(hoursOf(before, memberId), hoursOf(after, memberId))) ? 'quietHours' : null
}

/** The level of each harm before and after, of whoever has one of their own. */
function watchedBy(before: Controls, after: Controls): [was: MonitoringLevel, is: MonitoringLevel][] {
  const levelsIn = ({ monitoring = [] }: Controls, who: string | undefined) => monitoring.find(({ memberId }) => memberId === who) ?? { takeover: 'usual', burst: 'usual' } as const
  const whose = [...(before.monitoring ?? []), ...(after.monitoring ?? [])].map(({ memberId }) => memberId)
  return whose.flatMap((who) => (['takeover', 'burst'] as const).map((harm) => [levelsIn(before, who)[harm], levelsIn(after, who)[harm]] as [MonitoringLevel, MonitoringLevel]))
}

/** Somebody new is freer than nobody where they are grown up. */
function isFreer(was: MemberRole | undefined, role: MemberRole): boolean {
  return was === undefined ? role === 'adult' || role === 'guardian' : ranks.indexOf(role) > ranks.indexOf(was)
}

const hoursOf = ({ quietHours }: Controls, memberId: string | undefined) => quietHours.filter((one) => one.memberId === memberId)

/** A gap begins where hours from before begin, or where hours from now end. */
function hasGap(before: Controls['quietHours'], after: Controls['quietHours']): boolean {
  const minutes = [...before.map(({ fromMinute }) => fromMinute), ...after.map(({ toMinute }) => toMinute)]
  const instants = minutes.flatMap((minute) => [0, 1, 2, 3, 4, 5, 6].map((weekday) => weekday * day + minute * 60_000))
  return instants.some((ms) => isQuietAt(before, ms, 'UTC') && !isQuietAt(after, ms, 'UTC'))
}
