/** Puts the use cases of limits, quiet hours and exclusion together. */
import type { ControlsResult } from '../contract/ipc/controls.ts'
import type { Appearance } from '../contract/ipc/status.ts'
import { nameOf } from '../domain/family.ts'
import { isExpected } from './expected.ts'
import type { AskPerson } from './ports/ask-person.ts'
import type { Clock } from './ports/clock.ts'
import { type Gateway, GatewayError } from './ports/gateway.ts'
import type { Ids } from './ports/ids.ts'
import type { LedgerAccess } from './ports/ledger-access.ts'
import { createAskReturn } from './usecases/ask-return.ts'
import type { AskLooser } from './usecases/ask-step-up.ts'
import { createBeginExclusion } from './usecases/begin-exclusion.ts'
import { createChangeControl } from './usecases/change-control.ts'
import { createConfirmLoosening } from './usecases/confirm-loosening.ts'
import type { ControlHistory } from './usecases/control-history.ts'
import { asResult, refused } from './usecases/controls-results.ts'
import { nameFor } from './usecases/person-names.ts'
import { createPreviewChange } from './usecases/preview-change.ts'
import { createReflectionPause } from './usecases/reflection-pause.ts'
import { createReportControls } from './usecases/report-controls.ts'
import { createSetReminder } from './usecases/set-reminder.ts'
import { createSyncControls, type Synced } from './usecases/sync-controls.ts'
import { createQuoteNow, createTrustedNow } from './usecases/trusted-now.ts'
import type { Actor } from './usecases/who-decides.ts'
import { createWithdrawLoosening } from './usecases/withdraw-loosening.ts'

export interface ControlsDeps {
  /** Whose profile is open. */
  readonly actor: Actor
  readonly appearance: () => Pick<Appearance, 'language' | 'locale'>
  readonly askLooser: AskLooser
  readonly askPerson: AskPerson
  readonly clock: Clock
  readonly gateway: Gateway
  readonly ids: Ids
  readonly ledger: LedgerAccess
  readonly controlHistory: ControlHistory
  /** In whose name the gateway is asked; without it nobody signs in. */
  readonly signedIn?: SignedIn
  readonly onControlsChanged: () => void
  /** Told whose coming, or growing older, was confirmed. */
  readonly onMemberConfirmed: (memberId: string) => void
  /** Told of what can only be a bug, where the work goes on all the same. */
  readonly onUnexpected: (error: unknown) => void
  /** The time zone that the computer is set to. */
  readonly systemZone: () => string
}

export interface SignedIn {
  /** Those of whoever is signed in for their turn are nobody else's. */
  readonly isForTurn: () => boolean
  /** Somebody is signed in, and to another account than this one. */
  readonly isToOther: (accountId: string) => boolean
  readonly number: () => number
}

/** How long the gateway is not asked for the controls while nothing is changed here, in milliseconds. */
const syncEveryMs = 5 * 60_000

export function createControls(deps: ControlsDeps) {
  const { clock, gateway, ledger, signedIn, systemZone } = deps
  const sellers = new Map<string, string>()
  const pause = createReflectionPause(clock)
  const quoteNow = createQuoteNow(gateway, createTrustedNow({ clock, ledger, latestGatewayTime: gateway.latestTime }))
  const syncOnce = createSyncControls({ ...deps, ...(signedIn && { signInNumber: signedIn.number }) })
  let syncedAtMs = Number.NEGATIVE_INFINITY

  // Whatever could not be told meanwhile is told with the next look after the ledger, which then is made at once.
  gateway.onStateChanged((state) => {
    if (state === 'ready') syncedAtMs = Number.NEGATIVE_INFINITY
  })

  async function syncControls(): Promise<Synced> {
    if (signedIn?.isForTurn()) return 'otherAccount'
    const synced = await syncOnce()
    syncedAtMs = clock.monotonicMs()
    return synced
  }

  /** For what the gateway has to decide by the same controls. */
  async function syncOrRefuse(): Promise<void> {
    if ((await syncControls()) === 'otherAccount') throw new GatewayError({ kind: 'refused', sent: false, code: 'accountNeeded' })
  }

  /** What somebody with another account decided here would be told to the one that these are shared with. */
  function isOtherAccounts(): boolean {
    const sharedWith = ledger.log()?.controls().sharedWith
    return sharedWith !== undefined && signedIn?.isToOther(sharedWith) === true
  }

  const unlessOthers = <Order extends unknown[]>(decide: (...order: Order) => Promise<ControlsResult>) => (...order: Order) =>
    asResult(async () => (isOtherAccounts() ? refused('otherAccount') : decide(...order)))

  /** Also of somebody who is to come. */
  function memberName(memberId: string): string {
    const log = ledger.log()
    return (log && (nameFor(log, memberId) ?? nameOf(log.family(), memberId))) ?? memberId
  }

  /** What cannot be done now is done with a later one. */
  const syncQuietly = async (): Promise<void> => {
    await syncControls().catch((error: unknown) => {
      if (!isExpected(error)) deps.onUnexpected(error)
    })
  }

  const shared = {
    ...deps,
    isOtherAccounts,
    pause,
    quoteNow,
    syncControls: syncOrRefuse,
    syncLater: () => void syncQuietly(),
    syncNow: syncQuietly,
    questionStyle: () => ({ ...deps.appearance(), sellerName: (id: string) => sellers.get(id) ?? id, memberName, systemZone: systemZone() }),
  }
  return {
    reportControls: createReportControls(shared),
    previewChange: createPreviewChange(shared),
    changeControl: unlessOthers(createChangeControl(shared)),
    confirmLoosening: unlessOthers(createConfirmLoosening(shared)),
    withdrawLoosening: unlessOthers(createWithdrawLoosening(shared)),
    setReminder: createSetReminder(shared),
    beginExclusion: unlessOthers(createBeginExclusion(shared)),
    askReturn: unlessOthers(createAskReturn(shared)),
    /** Never rejects. */
    syncControls: syncQuietly,
    /** Rejects as gateway, keychain and log do. */
    syncControlsNow: syncOrRefuse,
    /** Rejects as gateway, keychain and log do. */
    async syncControlsWhenDue(): Promise<void> {
      if (clock.monotonicMs() - syncedAtMs >= syncEveryMs) await syncControls()
    },
    /** Calls sellers by these names from now on. */
    learnSellers(listed: readonly { readonly id: string; readonly name: string }[]): void {
      for (const { id, name } of listed) sellers.set(id, name)
    },
  }
}
