/** Events about controls to fill a log with. */
import type { Change, LimitKey, SharedControls } from '../../src/domain/controls.ts'
import type { NewEvent } from '../../src/domain/events.ts'
import type { ExclusionLength } from '../../src/domain/exclusion.ts'

const person = { actor: 'person' } as const

export const inBerlin = { zone: 'Europe/Berlin', currency: 'EUR' }

export function begun(zone = inBerlin.zone, currency = inBerlin.currency): NewEvent {
  return { ...person, type: 'controls.begun', payload: { zone, currency } }
}

export function limitOf(amount: string | null, period: LimitKey['period'] = 'week', sellerId: string | null = null, memberId?: string): Change {
  return { kind: 'limit', period, sellerId, ...(memberId !== undefined && { memberId }), amount }
}

export function tightened(change: Change): NewEvent {
  return { ...person, type: 'controls.tightened', payload: { change } }
}

export function looseningAsked(changeId: string, change: Change, askedAt = '2026-11-23T09:00:00.000Z'): NewEvent {
  return { ...person, type: 'controls.looseningAsked', payload: { changeId, change, askedAt } }
}

export function looseningConfirmed(changeId: string, confirmedAt = '2026-11-24T09:00:00.000Z'): NewEvent {
  return { ...person, type: 'controls.looseningConfirmed', payload: { changeId, confirmedAt } }
}

export function looseningEnded(changeId: string, reason: 'withdrawn' | 'lapsed' = 'withdrawn'): NewEvent {
  return { ...person, type: 'controls.looseningEnded', payload: { changeId, reason } }
}

export function reminderSet(after: number | null): NewEvent {
  return { ...person, type: 'controls.reminderSet', payload: { after } }
}

export function adopted(controls: SharedControls): NewEvent {
  return { actor: 'gateway', type: 'controls.adopted', payload: { controls, statement: 'st.ate.ment' } }
}

export function excluded(begunAt: string, until: string, length: ExclusionLength = '24hours', memberId?: string): NewEvent {
  return { ...person, type: 'exclusion.begun', payload: { ...(memberId !== undefined && { memberId }), length, begunAt, until } }
}

export function returnAsked(askedAt: string, memberId?: string): NewEvent {
  return { ...person, type: 'exclusion.returnAsked', payload: { ...(memberId !== undefined && { memberId }), askedAt } }
}
