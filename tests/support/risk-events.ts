/** Events about what looks wrong, to fill a log with. */
import type { PurchaseId } from '../../src/domain/brands.ts'
import type { NewEvent, ShownRisk } from '../../src/domain/events.ts'
import { usualLevels } from '../../src/domain/monitoring.ts'

const at = '2026-11-23T09:00:00.000Z'
const ofMember = (memberId: string | undefined) => (memberId === undefined ? {} : { memberId })

/** One that looks like somebody else's, so that a yes waits. */
export const strangeRisk: ShownRisk = {
  ...{ takeover: 0.55, burst: 0.01, bands: { takeover: 'pause', burst: 'nothing' }, band: 'pause', levels: usualLevels },
  reasons: [{ harm: 'takeover', sign: { code: 'wrongPins', count: 3 }, effect: 0.3 }],
}

export function answered(purchaseId: string, answer: 'me' | 'notMe', memberId?: string): NewEvent {
  return { type: 'risk.answered', actor: memberId ?? 'person', payload: { purchaseId: purchaseId as PurchaseId, answer, answeredAt: at, ...ofMember(memberId) } }
}

export function capMet(metAt = at, memberId?: string): NewEvent {
  return { type: 'risk.capMet', actor: memberId ?? 'person', payload: { metAt, ...ofMember(memberId) } }
}

export function frozen(because: string, memberId?: string, by?: string): NewEvent {
  return { type: 'buying.frozen', actor: by ?? 'person', payload: { because, frozenAt: at, ...ofMember(memberId), ...(by !== undefined && { by }) } }
}

export function thawed(memberId?: string): NewEvent {
  return { type: 'buying.thawed', actor: 'person', payload: { ...ofMember(memberId), how: memberId === undefined ? 'box' : 'guardian' } }
}

export function stepUpFailed(memberId?: string, gatewayAt: string = at): NewEvent {
  return { type: 'stepUp.failed', actor: 'person', payload: { about: 'purchase', id: 'p', method: 'totp', gatewayAt, ...ofMember(memberId) } }
}
