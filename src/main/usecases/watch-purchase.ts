/** What is known about a purchase before anybody is asked: whether it looks wrong, and by what whoever says yes then shows that it is them. */
import type { RefusalReason } from '../../contract/ipc/outcome.ts'
import { levelsOf } from '../../domain/control-parts.ts'
import type { ChallengeContent, ShownRisk } from '../../domain/events.ts'
import { isGuardian } from '../../domain/roles.ts'
import { purchaseOf } from '../../domain/risk/observations-of.ts'
import { zoneOf } from '../../domain/risk-profiles.ts'
import { withLooksWrong } from '../../domain/step-up.ts'
import { looksLikeSomebodyElse, watchPurchase } from '../../domain/watch-purchase.ts'
import type { Credentials } from '../ports/credentials.ts'
import { type EventLog, LogStorageError } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import { type AskableQuote, type AskedStepUp, whyNotAskable } from './fetch-askable-quote.ts'

export interface WatchDeps {
  readonly credentials: Pick<Credentials, 'has'>
  readonly gateway: Pick<Gateway, 'stepUp'>
  /** False in front of a kiosk that is no household's: nobody's habits are anybody else's. */
  readonly isWatched: () => boolean
  /** Told of what can only be a bug of the model: buying goes on without it. */
  readonly onUnexpected: (error: unknown) => void
}

export interface Watched {
  /** Null where nobody watches. */
  readonly risk: ShownRisk | null
  readonly stepUp: AskedStepUp | null
  readonly buyerShows: NonNullable<ChallengeContent['buyerShows']> | null
}

interface Wanted {
  readonly log: EventLog
  readonly quote: AskableQuote
  readonly purchaseId: ChallengeContent['purchaseId']
  readonly memberId: string | null
  /** When it would count. */
  readonly atMs: number
  /** A guardian answers, who shows that it is them in any case. */
  readonly isRequest: boolean
}

/** Gives why nobody can be asked where keychain or gateway do not answer: what looks like somebody else's is not let through without. */
export async function watch(deps: WatchDeps, wanted: Wanted): Promise<Watched | RefusalReason> {
  const risk = deps.isWatched() ? riskOrNull(deps, wanted) : null
  const asIs = { risk, stepUp: wanted.quote.stepUp, buyerShows: null }
  if (wanted.isRequest || !looksLikeSomebodyElse(risk)) return asIs
  return shown(deps, wanted, asIs).catch(whyNotAskable)
}

function riskOrNull({ onUnexpected }: WatchDeps, wanted: Wanted): ShownRisk | null {
  try {
    return riskOf(wanted)
  } catch (error) {
    if (error instanceof LogStorageError) throw error
    onUnexpected(error)
    return null
  }
}

function riskOf({ log, quote, purchaseId, memberId, atMs }: Wanted): ShownRisk | null {
  const controls = log.controls()
  const purchase = purchaseOf({ ...quote.claims, purchaseId }, atMs, zoneOf(controls))
  return watchPurchase(log.riskProfile(memberId), purchase, levelsOf(controls, memberId ?? undefined))
}

/** The second factor of the account; without one the PIN, and of a guardian the code besides; where there is neither, time to think is all. */
async function shown({ credentials, gateway }: WatchDeps, { log, quote, memberId }: Wanted, asIs: Watched): Promise<Watched> {
  const account = await gateway.stepUp.account()
  if (account) return { ...asIs, stepUp: { wanted: withLooksWrong(quote.stepUp?.wanted ?? null, account), ways: account.ways } }
  if (memberId === null) return asIs
  const has = await credentials.has(memberId)
  if (!has.pin) return asIs
  return { ...asIs, buyerShows: has.secondFactor && isGuardian(log.controls(), memberId) ? 'pinAndCode' : 'pin' }
}
