/** Plays what minors ask a guardian for, and what comes of it. */
import type { LimitWarning } from '../../src/domain/controls.ts'
import type { RequestCause, RequestedPurchase } from '../../src/domain/events.ts'
import { type GuardianRequest, IllegalRequestError, isWaiting, sameWaiting } from '../../src/domain/requests.ts'
import { isGuardian, isMinor, roleOf } from '../../src/domain/roles.ts'
import { approved } from '../support/events.ts'
import { requested, requestEnded, wanted } from '../support/household-events.ts'
import type { Coverage } from './coverage.ts'
import type { Laws } from './laws.ts'
import type { Step } from './steps.ts'
import type { World } from './world.ts'

const euros = (amount: number) => ({ amount: String(amount), currency: 'EUR' })

export function createRequests(world: World, laws: Laws, coverage: Coverage, nextId: () => string) {
  const picked = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)]
  const members = () => world.controls().members?.map(({ memberId }) => memberId) ?? []

  /** One that waits, or now and then one that waits no longer. */
  function requestFor(pick: number): GuardianRequest | undefined {
    const all = world.requests()
    const open = all.filter(({ ended }) => ended === null)
    return picked(pick % 5 === 0 ? all : open, pick)
  }

  function make({ sellerId, amount, pick }: Extract<Step, { do: 'request' }>): void {
    const memberId = picked(members().filter((id) => isMinor(roleOf(world.controls(), id) ?? 'removed')), pick)
    if (memberId === undefined) return
    const verdict = world.judge({ sellerId, amount, memberId })
    laws.judged({ sellerId, amount, memberId }, verdict)
    if (verdict.kind === 'allowed' || (verdict.block.kind !== 'limit' && verdict.block.kind !== 'quietHours')) return
    const cause: RequestCause = { kind: 'quietHours', until: new Date(world.now()).toISOString() }
    const about = { memberId, sellerId, price: euros(amount), counted: euros(amount), cause, askedAt: new Date(world.now()).toISOString() }
    if (sameWaiting(world.requests(), memberId, wanted('', about), world.now())) return coverage.count('asked for the same again')
    const requestId = `request-${nextId()}`
    world.append(requested(requestId, about))
    laws.requested(wanted(requestId, about))
    coverage.count('asked a guardian')
  }

  /** As the log is asked to: whatever may not be has to be found out by `judge` or by the fold. */
  function grant({ pick, by, isDearer }: Extract<Step, { do: 'grant' }>): void {
    const request = requestFor(pick)
    if (!request) return
    if (request.ended === null && !isWaiting(request, world.now())) return coverage.count('a yes to what has lapsed refused')
    const approvedBy = by === null ? members().find((id) => isGuardian(world.controls(), id)) : picked(members(), by)
    const amount = Number(request.price.amount) + (isDearer ? 1 : 0)
    const purchase = { sellerId: request.sellerId, amount, memberId: request.memberId, approvedBy: approvedBy ?? '' }
    const verdict = world.judge(purchase)
    laws.judged(purchase, verdict)
    if (verdict.kind === 'blocked') {
      if (verdict.block.kind === 'approver') coverage.count('a yes refused to who may not answer')
      if (verdict.block.kind === 'limit') coverage.count('a yes refused by the household’s limit')
      return
    }
    pay(request, purchase, verdict.warnings)
  }

  function pay(request: GuardianRequest, { amount, approvedBy }: { readonly amount: number; readonly approvedBy: string }, limitWarnings: readonly LimitWarning[]): void {
    const { requestId, sellerId, memberId } = request
    const [id, atMs] = [nextId(), world.moment().ms]
    try {
      world.append(approved(id, { sellerId, price: euros(amount), countedAt: new Date(atMs).toISOString(), limitWarnings, memberId, requestId, approvedBy }))
    } catch (error) {
      if (!(error instanceof IllegalRequestError)) throw error
      return coverage.count(request.ended === null ? 'a yes to another price refused' : 'a second yes to a request refused')
    }
    laws.approved({ purchaseId: id, sellerId, amount, memberId, atMs, approvedBy, requestId }, limitWarnings)
    coverage.count('granted')
  }

  function deny({ pick }: Extract<Step, { do: 'deny' }>): void {
    const open = world.requests().filter(({ ended }) => ended === null)
    const request: RequestedPurchase | undefined = picked(open, pick)
    if (!request) return
    world.append(requestEnded(request.requestId))
    laws.ended(request.requestId)
    coverage.count('denied')
  }

  return { make, grant, deny }
}
