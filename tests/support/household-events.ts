/** Events about members, their PINs and what they ask for, to fill a log with. */
import type { Controls, Limit, Member } from '../../src/domain/controls.ts'
import type { EventPayloads, NewEvent, RequestedPurchase } from '../../src/domain/events.ts'
import { startingLimit } from '../../src/domain/control-parts.ts'
import { noControls } from '../../src/domain/controls.ts'
import { inBerlin } from './control-events.ts'

/** One of each role; each is called by its role, and by a name in the household. */
export const everyRole: readonly (Member & { readonly name: string })[] = [
  { memberId: 'guardian', role: 'guardian', name: 'Ada' },
  { memberId: 'adult', role: 'adult', name: 'Ben' },
  { memberId: 'teen', role: 'teen', name: 'Cleo' },
  { memberId: 'child', role: 'child', name: 'Dot' },
]

export const withoutNames = (members: readonly Member[]): Member[] => members.map(({ memberId, role }) => ({ memberId, role }))

export function householdBegun(members: EventPayloads['household.begun']['members'] = everyRole, limits: readonly Limit[] = []): NewEvent {
  return { type: 'household.begun', actor: 'guardian', payload: { members, limits } }
}

/** The controls of such a household in which nothing was decided yet. */
export function householdOf(members: readonly Member[] = everyRole, changes: Partial<Controls> = {}): Controls {
  const starting = members.filter(({ role }) => role === 'teen' || role === 'child').map(({ memberId }) => startingLimit(memberId))
  return { ...noControls, household: inBerlin, members: withoutNames(members), limits: starting, ...changes }
}

export function named(memberId: string, name: string): NewEvent {
  return { type: 'member.named', actor: 'guardian', payload: { memberId, name } }
}

export function tried(memberId: string, gatewayAt: string | null = '2026-11-23T09:00:00.000Z', withCode = false): NewEvent {
  return { type: 'access.tried', actor: memberId, payload: { memberId, gatewayAt, ...(withCode && { withCode }) } }
}

export function granted(memberId: string, used: { readonly step?: number; readonly recovery?: number } = {}): NewEvent {
  return { type: 'access.granted', actor: memberId, payload: { memberId, ...used } }
}

export function accessSet(memberId: string, what: 'pin' | 'secondFactor'): NewEvent {
  return { type: 'access.set', actor: memberId, payload: { memberId, what } }
}

/** For what `approved` of tests/support/events.ts approves. */
export function wanted(requestId: string, changes: Partial<RequestedPurchase> = {}): RequestedPurchase {
  return {
    ...{ requestId, memberId: 'child', offerId: 'offer-1', sellerId: 'seller-1', payee: 'Pixel Forge', item: 'Starlight cape', game: 'Nebula Run' },
    price: { amount: '99', currency: 'EUR' },
    counted: { amount: '99', currency: 'EUR' },
    cause: { kind: 'limit', period: 'week', sellerId: null, memberId: 'child', cap: '0', left: '0' },
    askedAt: '2026-11-23T09:00:00.000Z',
    ...changes,
  }
}

export function requested(requestId: string, changes: Partial<RequestedPurchase> = {}): NewEvent {
  const request = wanted(requestId, changes)
  return { type: 'request.made', actor: request.memberId, payload: request }
}

export function requestEnded(requestId: string, end: EventPayloads['request.ended']['end'] = 'denied', more: Partial<EventPayloads['request.ended']> = {}): NewEvent {
  const by = end === 'denied' ? 'guardian' : end === 'withdrawn' ? 'child' : null
  return { type: 'request.ended', actor: by ?? 'client', payload: { requestId, end, by, ...more } }
}
