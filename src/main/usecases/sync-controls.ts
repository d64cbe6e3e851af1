/**
 * Client and gateway keep the same controls. What is stricter there is taken over here, what is stricter here is told there:
 * so another device, and this one installed anew, meets the same wall.
 */
import { isZone } from '../../domain/calendar.ts'
import { canonicalJson } from '../../domain/canonical.ts'
import { effectOf } from '../../domain/control-effects.ts'
import { exclusionOf, sharedOf } from '../../domain/control-parts.ts'
import { type Change, type Controls, coolingOffMs, nextControls, noControls, type PendingChange, pendingState, type SharedControls } from '../../domain/controls.ts'
import { stricterOf } from '../../domain/stricter-controls.ts'
import type { NewEvent } from '../../domain/events.ts'
import type { Exclusion } from '../../domain/exclusion.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { ControlsStatement, Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { codeOf, writableLog } from './controls-results.ts'

export interface SyncControlsDeps {
  readonly gateway: Pick<Gateway, 'controls' | 'tighten'>
  readonly ledger: LedgerAccess
  readonly onControlsChanged: () => void
}

type Claims = ControlsStatement['claims']
export type SyncControls = ReturnType<typeof createSyncControls>

/** One after the other, each with what was decided before it was asked for. Rejects as gateway, keychain and log do. */
export function createSyncControls(deps: SyncControlsDeps) {
  let turn: Promise<unknown> = Promise.resolve()
  return function syncControls(): Promise<void> {
    const mine = turn.then(() => syncOnce(deps))
    turn = mine.catch(() => {})
    return mine
  }
}

async function syncOnce({ gateway, ledger, onControlsChanged }: SyncControlsDeps): Promise<void> {
  const log = writableLog(ledger)
  const before = log.controls()
  try {
    const statement = await gateway.controls()
    await takeIn(log, statement)
    const news = newsFor(log.controls(), statement.claims)
    if (news) await takeIn(log, await tell(gateway, news))
  } finally {
    if (canonicalJson(log.controls()) !== canonicalJson(before)) onControlsChanged()
  }
}

/** What the gateway cannot keep must not keep an exclusion from it. */
function tell(gateway: SyncControlsDeps['gateway'], news: SharedControls): Promise<ControlsStatement> {
  return gateway.tighten(news).catch((error: unknown) => {
    const { household, members, exclusion, exclusions = [] } = news
    if (codeOf(error) !== 'badRequest' || (!exclusion && exclusions.length === 0)) throw error
    // Of whom it does not know the gateway keeps no exclusion.
    const theirs = members && exclusions.length > 0 ? { household, members, exclusions } : {}
    return gateway.tighten({ ...sharedOf(noControls), exclusion, ...theirs })
  })
}

async function takeIn(log: EventLog, { claims, jws }: ControlsStatement): Promise<void> {
  await appendIf(log, (own) => adopted(own, claims, jws))
  for (const { changeId } of log.controls().pending) await appendIf(log, (own) => ended(own, changeId, claims))
}

/** Decided inside the transaction; one is begun only where there seems to be something to write. */
async function appendIf(log: EventLog, decide: (own: Controls) => NewEvent | null): Promise<void> {
  if (decide(log.controls())) await log.append(() => decide(log.controls()))
}

function adopted(own: Controls, { controls: stated }: Claims, statement: string): NewEvent | null {
  // A calendar that is not known here could judge nothing; the gateway judges by it all the same.
  const isKnown = stated.household === null || isZone(stated.household.zone)
  const controls = isKnown ? stated : { ...sharedOf(noControls), ...exclusionsIn(stated) }
  if (isSame(stricterOf(own, controls), own)) return null
  return { type: 'controls.adopted', actor: 'gateway', payload: { controls, statement } }
}

const exclusionsIn = ({ exclusion, exclusions }: SharedControls) => ({ exclusion, ...(exclusions && { exclusions }) })

const isSame = (one: SharedControls, other: SharedControls) => canonicalJson(sharedOf(one)) === canonicalJson(sharedOf(other))

/** What waits here has lapsed by the gateway's clock, or waits there no longer. */
function ended(own: Controls, changeId: string, claims: Claims): NewEvent | null {
  const pending = own.pending.find((one) => one.changeId === changeId)
  if (!pending) return null
  const isLapsed = pendingState(pending, Date.parse(claims.asOf)) === 'lapsed'
  if (!isLapsed && (isWaiting(pending, claims) || isInForce(pending, claims))) return null
  return { type: 'controls.looseningEnded', actor: 'gateway', payload: { changeId, reason: isLapsed ? 'lapsed' : 'withdrawn' } }
}

/** A statement from before it was asked for says nothing of it. Another device may have asked for the same since. */
function isWaiting({ changeId, change, askedAt }: PendingChange, { pending, asOf }: Claims): boolean {
  const isSameChange = (other: Change) => canonicalJson(other) === canonicalJson(change)
  return asOf <= askedAt || pending.some((one) => one.changeId === changeId || isSameChange(one.change))
}

/**
 * The gateway had the second yes, and this computer went down before it could write that down: the person says it once more,
 * and until then it is not undone.
 */
function isInForce({ change }: PendingChange, { controls }: Claims): boolean {
  return effectOf(controls, change) === 'none'
}

/** What the gateway has to be told, because it is stricter here; null for nothing. */
function newsFor(own: Controls, claims: Claims): SharedControls | null {
  const told = sharedOf(asInForce(own, claims))
  const there: Controls = { ...noControls, ...claims.controls }
  return isSame(stricterOf(there, told), there) ? null : told
}

function asInForce(own: Controls, claims: Claims): Controls {
  const waiting = own.pending.filter((pending) => !isWaiting(pending, claims) && isInForce(pending, claims))
  const after = waiting.reduce(withYes, own)
  const exclusions = own.exclusions?.map((one) => ({ memberId: one.memberId, ...returnedAs(one, exclusionOf(claims.controls, one.memberId)) }))
  return { ...after, exclusion: own.exclusion && returnedAs(own.exclusion, claims.controls.exclusion), ...(exclusions && { exclusions }) }
}

/** The new yes after an exclusion is given to the gateway, so that it may know more of it than this log. */
function returnedAs({ begunAt, until, returnAskedAt }: Exclusion, there: Exclusion | null): Exclusion {
  return there?.until === until ? there : { begunAt, until, returnAskedAt }
}

function withYes(controls: Controls, { changeId, askedAt }: PendingChange): Controls {
  const confirmedAt = new Date(Date.parse(askedAt) + coolingOffMs).toISOString()
  return nextControls(controls, { type: 'controls.looseningConfirmed', payload: { changeId, confirmedAt } })
}
