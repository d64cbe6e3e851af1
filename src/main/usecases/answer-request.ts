/** A guardian is to answer what a minor has asked for: the question in the confirm window, with a price of now. */
import type { AnsweredResult, HouseholdRefusal } from '../../contract/ipc/household.ts'
import type { Person } from '../../contract/household.ts'
import { type GuardianRequest, isSameOffer, isWaiting } from '../../domain/requests.ts'
import type { Device } from '../ports/device.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type AskInWindowDeps, askInWindow } from './ask-in-window.ts'
import { writableLog } from './controls-results.ts'
import { type AskableQuote, fetchAskableQuote } from './fetch-askable-quote.ts'
import { guardiansFor } from './guardian-exception.ts'
import { refusalOfQuote } from './household-results.ts'
import { blocked, boughtLately, judgePurchase, momentOf } from './judge-purchase.ts'
import { reasonOfFailure } from './or-refused.ts'
import type { Denied } from './pending-challenge.ts'
import { personFor } from './person-names.ts'

export interface AnswerRequestDeps extends AskInWindowDeps {
  readonly device: Pick<Device, 'id'>
  readonly gateway: Pick<Gateway, 'now' | 'quote' | 'stepUp'>
  /** Whether this computer's keychain holds PIN and second factor of a guardian. Rejects with VaultError. */
  readonly hasCredentials: (memberId: string) => Promise<boolean>
  readonly ledger: LedgerAccess
  readonly onFamilyChanged: () => void
  /** Another number for each sign-in, after it, and for each turn in front of a kiosk; without it everybody is the same. */
  readonly sitting?: () => number
}

const notAnswered = (reason: HouseholdRefusal): AnsweredResult => ({ kind: 'notAnswered', reason })

/**
 * Whose profile is open does not matter, and none has to be: a guardian may lean over, and says who they are in the window.
 * Resolves when it was answered, or not.
 */
export function createAnswerRequest(deps: AnswerRequestDeps) {
  return async function answerRequest({ requestId }: { readonly requestId: string }): Promise<AnsweredResult> {
    if (!deps.pending.reserve()) return notAnswered('busy')
    let offerId: string | null = null
    try {
      deps.confirmWindow.close()
      const request = waiting(writableLog(deps.ledger), requestId)
      if (!request) return notAnswered('gone')
      offerId = request.offerId
      return await answer(request)
    } catch (error) {
      return notAnswered(reasonOfFailure(error))
    } finally {
      deps.pending.release()
      if (offerId !== null) deps.onProgress({ offerId, step: 'done' })
    }
  }

  function waiting(log: EventLog, requestId: string): GuardianRequest | null {
    const nowMs = deps.quoteNow()
    return log.family().requests.find((request) => request.requestId === requestId && isWaiting(request, nowMs)) ?? null
  }

  async function answer(request: GuardianRequest): Promise<AnsweredResult> {
    const guardians = await whoMayAnswer(request)
    if (typeof guardians === 'string') return notAnswered(guardians)
    deps.onProgress({ offerId: request.offerId, step: 'quoting' })
    const sitting = deps.sitting?.()
    const quote = await fetchAskableQuote(deps, request.offerId)
    // P10: by now somebody else may sit there.
    if (deps.sitting?.() !== sitting) return notAnswered('locked')
    if (typeof quote === 'string') return notAnswered(refusalOfQuote(quote))
    if (!isSameOffer(request, quote.claims)) return changed(request)
    return ask(request, guardians, quote)
  }

  /** P8: nobody answers what they ask themselves, and whoever is excluded agrees to nothing. */
  async function whoMayAnswer({ memberId }: GuardianRequest): Promise<Person[] | HouseholdRefusal> {
    const log = writableLog(deps.ledger)
    const people = guardiansFor(log.controls(), memberId, deps.gateway.now()).flatMap((id) => personFor(log, id) ?? [])
    if (people.length === 0) return 'notAllowed'
    const known = await Promise.all(people.map((person) => deps.hasCredentials(person.memberId)))
    const able = people.filter((_, index) => known[index])
    return able.length === 0 ? 'noCredentials' : able
  }

  /** What was asked for is not to be had any more: a yes to something else would be nobody's. */
  async function changed({ requestId }: GuardianRequest): Promise<AnsweredResult> {
    const log = writableLog(deps.ledger)
    const payload = { requestId, end: 'changed', by: null } as const
    const event = await log.append(() => (waiting(log, requestId) ? { type: 'request.ended', actor: 'client', payload } : null))
    if (!event) return notAnswered('gone')
    deps.onFamilyChanged()
    return { kind: 'changed' }
  }

  async function ask(request: GuardianRequest, guardians: readonly Person[], quote: AskableQuote): Promise<AnsweredResult> {
    const log = writableLog(deps.ledger)
    const { requestId, memberId, askedAt, cause } = request
    if (!waiting(log, requestId)) return notAnswered('gone')
    const buyer = { memberId, approvedBy: guardians[0]?.memberId }
    const moment = momentOf(deps, log)
    const verdict = judgePurchase(log, quote.claims, buyer, moment)
    if (!verdict) throw new Error('a household keeps its currency')
    if (verdict.kind === 'blocked') return blocked(log, quote.claims, buyer, verdict.block)
    deps.pending.quoted()
    const ending: { denied: Denied | null } = { denied: null }
    const about = { requestId, askedAt, cause, guardians, bought: boughtLately(log, memberId, deps.quoteNow()) }
    const deny = (denied: Denied) => void (ending.denied = denied)
    const outcome = await askInWindow(deps, { log, quote, verdict, atMs: moment.ms, memberId, request: { ...about, deny } })
    if (ending.denied === null) return outcome
    return ending.denied === 'denied' ? { kind: 'denied' } : notAnswered(ending.denied)
  }
}
