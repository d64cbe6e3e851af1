/** Puts the use cases of buying together: each is given exactly what it needs. */
import type { AnswerResult } from '../contract/ipc/confirm.ts'
import type { Progress } from '../contract/ipc/launcher.ts'
import type { Clock } from './ports/clock.ts'
import type { Credentials } from './ports/credentials.ts'
import type { ConfirmWindow } from './ports/confirm-window.ts'
import type { Device } from './ports/device.ts'
import type { Gateway } from './ports/gateway.ts'
import type { Ids } from './ports/ids.ts'
import type { LedgerAccess } from './ports/ledger-access.ts'
import { createAskingPause } from './usecases/asking-pause.ts'
import { type Answer, createApproveChallenge } from './usecases/approve-challenge.ts'
import { createCancelChallenge } from './usecases/cancel-challenge.ts'
import { createDenyChallenge } from './usecases/deny-challenge.ts'
import type { Identify } from './usecases/identify.ts'
import { createPendingChallengeSlot, type PendingChallengeSlot } from './usecases/pending-challenge.ts'
import { createRequestPurchase } from './usecases/request-purchase.ts'
import { createSettlePurchases } from './usecases/settle-purchases.ts'
import { createSubmitPurchase } from './usecases/submit-purchase.ts'
import { createQuoteNow, createTrustedNow } from './usecases/trusted-now.ts'
import type { Actor } from './usecases/who-decides.ts'

export interface PurchasesDeps {
  /** Whose profile is open. */
  readonly actor: Actor
  readonly clock: Clock
  readonly confirmWindow: ConfirmWindow
  readonly device: Device
  readonly gateway: Gateway
  readonly identify: Identify
  readonly ids: Ids
  readonly ledger: LedgerAccess
  readonly sha256: (text: string) => string
  /** Told when some request is new or changed. */
  readonly onFamilyChanged: () => void
  readonly onHistoryChanged: () => void
  readonly onProgress: (progress: Progress) => void
  /** Told when a person who was asked to think has had the time for it. */
  readonly onReflected: () => void
  /** Whether purchases are looked at for what seems wrong. */
  readonly isWatched: () => boolean
  readonly credentials: Pick<Credentials, 'has'>
  /** Another number for each sign-in, after it, and for each turn in front of a kiosk; without it everybody is the same. */
  readonly sitting?: () => number
  /** Takes over what the gateway keeps of the controls, as far as that is possible now. Never rejects. */
  readonly syncControls: () => Promise<void>
  /** Told of what can only be a bug, where the work goes on all the same. */
  readonly onUnexpected: (error: unknown) => void
}

/** `pending` is the slot that other questions wait for as well. */
export function createPurchases(deps: PurchasesDeps, pending: PendingChallengeSlot = createPendingChallengeSlot()) {
  const trustedNow = createTrustedNow({ ...deps, latestGatewayTime: deps.gateway.latestTime })
  const quoteNow = createQuoteNow(deps.gateway, trustedNow)
  const cancelChallenge = createCancelChallenge({ ...deps, pending })
  const askingPause = createAskingPause(deps.clock)
  const submitPurchase = createSubmitPurchase(deps)
  const approveChallenge = createApproveChallenge({ ...deps, cancelChallenge, pending, quoteNow, submitPurchase })
  const answering = new Set<Promise<unknown>>()
  return {
    pending,
    askingPause,
    cancelChallenge,
    denyChallenge: createDenyChallenge({ ...deps, cancelChallenge, pending, quoteNow }),
    /** Resolves when no yes is being carried out: neither written down nor sent. */
    idle: async () => void (await Promise.allSettled(answering)),
    approveChallenge(answer: Answer): Promise<AnswerResult> {
      const answered = approveChallenge(answer)
      const forget = () => answering.delete(answered)
      answering.add(answered)
      answered.then(forget, forget)
      return answered
    },
    requestPurchase: createRequestPurchase({ ...deps, askingPause, cancelChallenge, pending, quoteNow, trustedNow }),
    settlePurchases: createSettlePurchases({ ...deps, trustedNow, isBeingSubmitted: submitPurchase.isUnderWay }),
    isBeingSubmitted: submitPurchase.isUnderWay,
    quoteNow,
    trustedNow,
  }
}
