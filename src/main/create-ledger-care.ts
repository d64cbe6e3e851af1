/** Puts together what keeps the ledger true while nobody is buying: asking, receiving, comparing, signing, copying. */
import { isExpected } from './expected.ts'
import type { Backups } from './ports/backups.ts'
import type { Clock } from './ports/clock.ts'
import type { Device } from './ports/device.ts'
import type { Gateway } from './ports/gateway.ts'
import type { LedgerAccess } from './ports/ledger-access.ts'
import { VaultError } from './ports/vault.ts'
import { createBackUpLedger } from './usecases/back-up-ledger.ts'
import { createCountersignLog } from './usecases/countersign-log.ts'
import { createLapseRequests } from './usecases/lapse-requests.ts'
import { createListOpenPurchases } from './usecases/list-open-purchases.ts'
import { createReceiveMessages } from './usecases/receive-messages.ts'
import { createReconcileLedger, isReconciliationDue, type Reconciled } from './usecases/reconcile-ledger.ts'
import { createReportLedgerCare } from './usecases/report-ledger-care.ts'
import type { createSettlePurchases } from './usecases/settle-purchases.ts'
import type { TrustedNow } from './usecases/trusted-now.ts'

export interface LedgerCareDeps {
  readonly backups: Backups
  readonly clock: Clock
  readonly device: Device
  readonly gateway: Gateway
  readonly isBeingSubmitted: (purchaseId: string) => boolean
  readonly ledger: LedgerAccess
  readonly onFamilyChanged: () => void
  readonly onHistoryChanged: () => void
  /** Told of what can only be a bug, where the work goes on all the same. */
  readonly onUnexpected: (error: unknown) => void
  /** Rejects as gateway, keychain and log do. */
  readonly syncControlsWhenDue: () => Promise<void>
  readonly settlePurchases: ReturnType<typeof createSettlePurchases>
  readonly quoteNow: TrustedNow
  readonly trustedNow: TrustedNow
}

/** How long nothing is asked of the gateway while nothing is open, in milliseconds. */
const messagesEveryMs = 5 * 60_000

export function createLedgerCare(deps: LedgerCareDeps) {
  const countersignLog = createCountersignLog(deps)
  const receiveMessages = createReceiveMessages(deps)
  const reconcileLedger = createReconcileLedger(deps)
  const lapseRequests = createLapseRequests(deps)
  const backUps = createBackUpLedger(deps)
  const listOpenPurchases = createListOpenPurchases({ ...deps, lastAsked: deps.settlePurchases.lastAsked })
  let running: Promise<void> | null = null
  let receivedAtMs = Number.NEGATIVE_INFINITY

  async function receive(stillOpen: number): Promise<void> {
    if (stillOpen === 0 && deps.clock.monotonicMs() - receivedAtMs < messagesEveryMs) return
    await receiveMessages()
    receivedAtMs = deps.clock.monotonicMs()
  }

  /** What the gateway has told already is no difference, so it is taken in before. Rejects with VaultError. */
  async function compare(): Promise<Reconciled> {
    await orLater(receiveMessages)
    return reconcileLedger()
  }

  async function reconcileIfDue(): Promise<void> {
    const log = deps.ledger.log()
    if (log && isReconciliationDue(log, deps.trustedNow())) await compare()
  }

  /** The signature comes first: a log that was turned back must not take in anything else. */
  async function tendOnce(): Promise<void> {
    await orLater(countersignLog)
    await orLater(deps.syncControlsWhenDue)
    await orLater(lapseRequests)
    const { stillOpen } = await deps.settlePurchases()
    await orLater(() => receive(stillOpen))
    await orLater(reconcileIfDue)
    await orLater(backUps.backUpWhenDue)
  }

  /** What cannot be done now is tried again the next time; the other things are done all the same. */
  async function orLater(work: () => Promise<unknown>): Promise<void> {
    if (deps.ledger.state() !== 'ready') return
    await work().catch((error: unknown) => {
      // They all need the keychain, and asking it again may make it ask the person again.
      if (error instanceof VaultError) throw error
      if (!isExpected(error)) deps.onUnexpected(error)
    })
  }

  return {
    ...backUps,
    reportCare: createReportLedgerCare({ ...deps, listBackups: backUps.listBackups, listOpenPurchases }),
    reconcileLedger: () => compare().catch(withoutKeychain),
    /** Everything that is due, one thing after the other. Calls while it runs share it. */
    tend(): Promise<void> {
      running ??= tendOnce()
        .catch(untilNextTime)
        .finally(() => {
          running = null
        })
      return running
    },
  }
}

function withoutKeychain(error: unknown): Reconciled {
  if (error instanceof VaultError) return { kind: 'keychainUnavailable' }
  throw error
}

function untilNextTime(error: unknown): void {
  if (!(error instanceof VaultError)) throw error
}
