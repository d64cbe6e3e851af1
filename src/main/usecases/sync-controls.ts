/**
 * Client and gateway keep the same controls. What is stricter there is taken over here, what is stricter here is told there:
 * so another device, and this one installed anew, meets the same wall. One account's controls are never another's: this computer
 * shares its own with the first one alone, and holds to them whoever is signed in.
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
  /** Another one for each sign-in, and after it; without it nobody signs in. */
  readonly signInNumber?: () => number
}

/** `otherAccount`: nothing was taken over and nothing told, because the controls here are shared with another account. */
export type Synced = 'shared' | 'otherAccount'

type Claims = ControlsStatement['claims']
export type SyncControls = () => Promise<void>

/** One after the other, each with what was decided before it was asked for. Rejects as gateway, keychain and log do. */
export function createSyncControls(deps: SyncControlsDeps) {
  let turn: Promise<unknown> = Promise.resolve()
  return function syncControls(): Promise<Synced> {
    const mine = turn.then(() => syncOnce(deps))
    turn = mine.catch(() => {})
    return mine
  }
}

async function syncOnce({ gateway, ledger, onControlsChanged, signInNumber }: SyncControlsDeps): Promise<Synced> {
  const signIn = signInNumber?.()
  const log = writableLog(ledger)
  const before = log.controls()
  try {
    const statement = await gateway.controls()
    if (!(await takeIn(log, statement))) return 'otherAccount'
    const news = newsFor(log.controls(), statement.claims)
    return !news || (await takeIn(log, await tell(gateway, news, signIn))) ? 'shared' : 'otherAccount'
  } finally {
    if (canonicalJson(log.controls()) !== canonicalJson(before)) onControlsChanged()
  }
}

/** What the gateway cannot keep must not keep an exclusion from it. */
function tell(gateway: SyncControlsDeps['gateway'], news: SharedControls, signIn: number | undefined): Promise<ControlsStatement> {
  return gateway.tighten(news, signIn).catch((error: unknown) => {
    const { household, members, exclusion, exclusions = [] } = news
    if (codeOf(error) !== 'badRequest' || (!exclusion && exclusions.length === 0)) throw error
    // Of whom it does not know the gateway keeps no exclusion.
    const theirs = members && exclusions.length > 0 ? { household, members, exclusions } : {}
    return gateway.tighten({ ...sharedOf(noControls), exclusion, ...theirs }, signIn)
  })
}

/** False where they are not those that this log shares: then nothing of them is taken in. */
async function takeIn(log: EventLog, { claims, jws }: ControlsStatement): Promise<boolean> {
  await appendIf(log, (own) => sharedFirst(own, claims, jws))
  if (isOthers(log.controls(), claims)) return false
  await appendIf(log, (own) => adopted(own, claims, jws))
  for (const { changeId } of log.controls().pending) await appendIf(log, (own) => ended(own, changeId, claims))
  return true
}

/** P5: before anything of an account's comes in, or is told to it, the log has whose it is. Where there is nothing yet, nothing is shared. */
function sharedFirst(own: Controls, { accountId, controls }: Claims, statement: string): NewEvent | null {
  if (own.sharedWith !== undefined || accountId === undefined || isSame(stricterOf(own, controls), noControls)) return null
  return { type: 'controls.shared', actor: 'gateway', payload: { accountId, statement } }
}

/** P5: of another account, or of nobody's wallet once there was one: that is everybody's. */
export function isOthers({ sharedWith }: Pick<Controls, 'sharedWith'>, { accountId }: Pick<Claims, 'accountId'>): boolean {
  return sharedWith !== undefined && sharedWith !== accountId
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
