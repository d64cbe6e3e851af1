/** P8: a person says who they are, and nobody guesses faster than the lock-out allows. */
import { codeTriesOf, isFresh, triesOf, waitMs } from '../../domain/access.ts'
import { operatorId } from '../../domain/kiosk.ts'
import { memberOf } from '../../domain/roles.ts'
import type { Clock } from '../ports/clock.ts'
import type { Credentials, Match } from '../ports/credentials.ts'
import { type EventLog, LogReadOnlyError, LogStorageError } from '../ports/event-log.ts'
import { type Gateway, GatewayError } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { VaultError } from '../ports/vault.ts'
import { writableLog } from './controls-results.ts'

/** A person says who they are: PIN, and a code of the second factor where that is wanted. */
export type Identify = (
  given: { readonly memberId: string; readonly pin: string; readonly code?: string },
  wants: { readonly code: boolean },
) => Promise<Identified>

export type Identified =
  | { readonly kind: 'granted' }
  /** PIN or code are wrong, or it is too early for another try; the next one counts after `waitMs` milliseconds. */
  | { readonly kind: 'wrong' | 'wait'; readonly waitMs: number }
  /** Nobody can tell: the keychain, the ledger or the PIN in it is not there; or for a code the gateway's time. */
  | { readonly kind: 'unavailable' }

export interface IdentifyDeps {
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>
  readonly credentials: Pick<Credentials, 'compare' | 'has' | 'useUpRecoveryCode'>
  readonly gateway: Pick<Gateway, 'now' | 'time'>
  readonly ledger: LedgerAccess
}

type Given = Parameters<Identify>[0]
type Wants = Parameters<Identify>[1]

const unavailable: Identified = { kind: 'unavailable' }

/** One after the other, so that two at once are two tries. */
export function createIdentify(deps: IdentifyDeps) {
  const lockOut = createLockOut(deps)
  let turn: Promise<unknown> = Promise.resolve()

  return {
    identify(given: Given, wants: Wants): Promise<Identified> {
      const mine = turn.then(() => identifyOnce({ ...deps, lockOut }, given, wants).catch(asUnavailable))
      turn = mine.catch(() => {})
      return mine
    },
    /** How much longer no PIN of the member is taken, in milliseconds. */
    waitMs: (log: EventLog, memberId: string) => lockOut.leftMs(log, memberId, { code: false }),
  }
}

function asUnavailable(error: unknown): Identified {
  if ([GatewayError, VaultError, LogReadOnlyError, LogStorageError].some((kind) => error instanceof kind)) return unavailable
  throw error
}

type LockOut = ReturnType<typeof createLockOut>

/** What counts as waiting is time that the gateway has signed, or that this process has seen go by. */
function createLockOut({ clock, gateway }: Pick<IdentifyDeps, 'clock' | 'gateway'>) {
  const triedAtMs = new Map<string, number>()
  let since: { readonly repair: string | null; readonly atMs: number } = { repair: null, atMs: clock.monotonicMs() }
  const keyOf = (memberId: string, wants: Wants) => `${wants.code ? 'code' : 'pin'} ${memberId}`

  /** A ledger that was repaired while this runs may have forgotten tries: what was waited before is no waiting for them. */
  function lookForRepair(log: EventLog): void {
    const repair = `${log.newestOf('log.restarted')?.id} ${log.newestOf('log.restored')?.id}`
    if (since.repair === repair) return
    since = { repair, atMs: since.repair === null ? since.atMs : clock.monotonicMs() }
    triedAtMs.clear()
  }

  function leftMs(log: EventLog, memberId: string, wants: Wants): number {
    lookForRepair(log)
    const tries = triesOf(log.family().tries, memberId)
    const sinceMs = triedAtMs.get(keyOf(memberId, wants)) ?? since.atMs
    const times = { gatewayMs: gateway.now(), runningMs: clock.monotonicMs() - sinceMs }
    const left = waitMs(wants.code ? codeTriesOf(tries) : tries, times)
    return Math.ceil(wants.code ? Math.max(left, leftMs(log, memberId, { code: false })) : left)
  }

  return {
    leftMs,
    tried(memberId: string, wants: Wants): void {
      triedAtMs.set(keyOf(memberId, { code: false }), clock.monotonicMs())
      if (wants.code) triedAtMs.set(keyOf(memberId, wants), clock.monotonicMs())
    },
  }
}

/** Members, and the operator of a kiosk, who need not be one. */
const isSomebody = (log: EventLog, memberId: string) => memberId === operatorId || memberOf(log.controls(), memberId) !== null

type Deps = IdentifyDeps & { readonly lockOut: LockOut }

async function identifyOnce(deps: Deps, given: Given, wants: Wants): Promise<Identified> {
  const { memberId, pin, code } = given
  const log = writableLog(deps.ledger)
  const has = await deps.credentials.has(memberId)
  if (!isSomebody(log, memberId) || !has.pin || (wants.code && !has.secondFactor)) return unavailable
  // A code is of a moment, and anybody here can set the computer's clock back to one at which they saw a code.
  const nowMs = wants.code ? (deps.gateway.now() ?? (await deps.gateway.time())) : deps.clock.now()
  const leftMs = await recordTry(deps, log, memberId, wants)
  if (leftMs > 0) return { kind: 'wait', waitMs: leftMs }
  const typed = { pin, ...(wants.code && code !== undefined && { code }) }
  const match = await deps.credentials.compare(memberId, typed, nowMs)
  if (!match) return unavailable
  const isRight = match.pin && (!wants.code || match.code !== null)
  if (isRight && (await recordGrant(log, memberId, match))) {
    // The log has it, and a log that is put back to before would not.
    if (match.code?.kind === 'recovery') await deps.credentials.useUpRecoveryCode(memberId, match.code.index)
    return { kind: 'granted' }
  }
  return { kind: 'wrong', waitMs: deps.lockOut.leftMs(log, memberId, wants) }
}

/**
 * The try is durable and anchored before anything is compared, so that neither killing the app nor putting an older ledger
 * back takes it away. Gives how much longer to wait where it is too early for one; then nothing is written.
 */
async function recordTry({ gateway, lockOut }: Deps, log: EventLog, memberId: string, wants: Wants): Promise<number> {
  let leftMs = 0
  await log.append(() => {
    leftMs = lockOut.leftMs(log, memberId, wants)
    if (leftMs > 0) return null
    lockOut.tried(memberId, wants)
    const nowMs = gateway.now()
    const gatewayAt = nowMs === null ? null : new Date(nowMs).toISOString()
    // Nobody knows yet who it is.
    return { type: 'access.tried', actor: 'person', payload: { memberId, gatewayAt, ...(wants.code && { withCode: true }) } }
  })
  if (leftMs === 0) await log.anchored()
  return leftMs
}

/** A code counts once: whether it is fresh is looked at in the transaction that uses it up. */
async function recordGrant(log: EventLog, memberId: string, { code }: Match): Promise<boolean> {
  const event = await log.append(() => {
    if (!isSomebody(log, memberId)) return null
    if (code && !isFresh(triesOf(log.family().tries, memberId), code)) return null
    const used = code ? (code.kind === 'step' ? { step: code.step } : { recovery: code.index }) : {}
    return { type: 'access.granted', actor: memberId, payload: { memberId, ...used } }
  })
  return event !== null
}
