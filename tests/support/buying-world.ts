/** All of buying, on fakes: one person, one confirm window, one gateway, one log. */
import type { Progress } from '../../src/contract/ipc/launcher.ts'
import type { Outcome } from '../../src/contract/ipc/outcome.ts'
import type { Change } from '../../src/domain/controls.ts'
import type { EventType, LogEvent } from '../../src/domain/events.ts'
import { sha256 } from '../../src/main/adapters/system/sha256.ts'
import { createControls } from '../../src/main/create-controls.ts'
import { createMonitoring } from '../../src/main/create-monitoring.ts'
import { createLedgerCare } from '../../src/main/create-ledger-care.ts'
import { createPurchases } from '../../src/main/create-purchases.ts'
import { createRequests } from '../../src/main/create-requests.ts'
import { createAskMember } from '../../src/main/usecases/ask-member.ts'
import { createAskAccount, createAskLooser } from '../../src/main/usecases/ask-step-up.ts'
import { createControlHistory } from '../../src/main/usecases/control-history.ts'
import { createIdentify } from '../../src/main/usecases/identify.ts'
import { createPendingChallengeSlot, type PendingChallenge } from '../../src/main/usecases/pending-challenge.ts'
import { createSendStepUpCode } from '../../src/main/usecases/send-step-up-code.ts'
import { createTrustedQuestions, type TrustedQuestions } from '../../src/main/usecases/trusted-question.ts'
import { inBerlin } from './control-events.ts'
import { createFakeBackups } from './fake-backups.ts'
import { createFakeClock } from './fake-clock.ts'
import { createFakeConfirmWindow } from './fake-confirm-window.ts'
import { createFakeCredentials } from './fake-credentials.ts'
import { createFakeDevice } from './fake-device.ts'
import { createFakeEventLog } from './fake-event-log.ts'
import { createFakeGateway } from './fake-gateway.ts'
import { createFakeIds } from './fake-ids.ts'
import { createFakeLedgerAccess } from './fake-ledger-access.ts'
import { createFakeMember } from './fake-member.ts'
import { createFakePerson } from './fake-person.ts'
import { createFakeVault } from './fake-vault.ts'
import { mortalPorts } from './mortal.ts'
import { itemOffer } from './fake-offers.ts'

export type BuyingWorld = ReturnType<typeof createBuyingWorld>

/** One attempt to buy, as far as its question. */
export interface Asked {
  readonly outcome: Promise<Outcome>
  readonly challenge: PendingChallenge
  /** What a careful confirm page sends back. */
  readonly answer: { readonly challengeId: string; readonly digest: string }
}

/** What a person is told where a change of a control was refused. */
export const refused = (reason: string) => ({ kind: 'refused', reason })

/** The account that the gateway takes this device to be signed in to. */
function accountOf({ accounts, stepUp }: ReturnType<typeof createFakeGateway>) {
  let isSignedIn: unknown = null
  return {
    session: { load: async () => void (isSignedIn = await stepUp.account()), current: () => isSignedIn },
    signOutEverywhere: async () => {
      accounts.signOut()
      isSignedIn = null
    },
  }
}

export function createBuyingWorld() {
  const clock = createFakeClock(Date.parse('2026-03-02T12:00:00.000Z'))
  const ids = createFakeIds()
  const device = createFakeDevice()
  const vault = createFakeVault()
  const log = createFakeEventLog({ clock, vault })
  const ledger = createFakeLedgerAccess(log)
  const startMs = clock.now()
  const gateway = createFakeGateway({ now: () => startMs + clock.passedMs(), clock })
  const confirmWindow = createFakeConfirmWindow(clock)
  const progress: Progress[] = []
  const listeners = new Set<(progress: Progress) => void>()
  const counts = { historyChanged: 0, controlsChanged: 0, familyChanged: 0, monitoringChanged: 0, reflected: 0 }
  const credentials = createFakeCredentials()
  /** Whose profile is open. */
  const profile: { open: string | null } = { open: null }
  /** Whose turn it is. */
  const sitting = { number: 1, isForTurn: false }
  const confirmed: string[] = []
  const person = createFakePerson()
  /** Whether purchases are looked at for what seems wrong: tests that are about something else make many at once. */
  const watching = { isOn: false }
  const unexpected: unknown[] = []
  const deps = {
    ...{ clock, credentials, ids, device, ledger, gateway, confirmWindow, sha256 },
    syncControls: async () => {},
    sitting: () => sitting.number,
    signedIn: {
      isForTurn: () => sitting.isForTurn,
      isToOther: (accountId: string) => ![undefined, accountId].includes(gateway.accounts.account()?.accountId),
      number: () => sitting.number,
    },
    actor: () => profile.open,
    askPerson: person.ask,
    appearance: () => ({ language: 'en', locale: 'en-IE' }) as const,
    systemZone: () => inBerlin.zone,
    isWatched: () => watching.isOn,
    onMonitoringChanged: () => void (counts.monitoringChanged += 1),
    onReflected: () => void (counts.reflected += 1),
    onControlsChanged: () => void (counts.controlsChanged += 1),
    onFamilyChanged: () => void (counts.familyChanged += 1),
    onMemberConfirmed: (memberId: string) => void confirmed.push(memberId),
    onHistoryChanged: () => void (counts.historyChanged += 1),
    onUnexpected: (error: unknown) => void unexpected.push(error),
    onProgress(step: Progress) {
      progress.push(step)
      for (const listener of listeners) listener(step)
    },
  }
  let lifetime = mortalPorts(gateway, ledger)
  const backups = createFakeBackups(log)
  /** As the app does when it starts, with a gateway that can be reached. */
  function start() {
    gateway.tellTime()
    const controlHistory = createControlHistory()
    const { identify } = createIdentify({ ...deps, ...lifetime })
    const pending = createPendingChallengeSlot()
    const questions = createTrustedQuestions({ ...deps, pending, onQuestionChanged() {} })
    const asking = { ...deps, ...lifetime, identify, questions, touch() {} }
    const controls = createControls({ ...asking, controlHistory, askLooser: createAskLooser(asking) })
    const buying = { ...deps, ...lifetime, controlHistory, identify, syncControls: controls.syncControls }
    const purchases = createPurchases(buying, pending)
    const sendStepUpCode = createSendStepUpCode({ ...lifetime, pending, questions })
    const requests = createRequests(buying, purchases)
    const care = createLedgerCare({ ...deps, ...lifetime, ...purchases, ...controls, backups })
    const monitoring = createMonitoring({ ...deps, ...lifetime, account: accountOf(gateway), askAccount: createAskAccount(asking), askPerson: createAskMember({ ...asking, askBox: person.ask }), pending, quoteNow: purchases.quoteNow })
    return { ...purchases, care, controls, monitoring, questions, requests, sendStepUpCode }
  }
  const world = {
    ...{ backups, clock, device, vault, log, ledger, gateway, confirmWindow, person, progress, counts, unexpected, credentials, profile, sitting, confirmed, watching, deps },
    /** Answers what the trusted window asks besides purchases. */
    member: createFakeMember(clock, (): TrustedQuestions => world.use.questions),
    use: start(),
    /** Told of every step of buying, until what this gives is called. */
    onStep(told: (step: Progress['step']) => void): () => void {
      const listener = ({ step }: Progress) => told(step)
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Asks for an offer and waits until it ended or the person is asked. */
    async request(offerId: string = itemOffer.id) {
      const asked = Promise.withResolvers<void>()
      const stop = world.onStep((step) => void (step === 'confirming' && asked.resolve()))
      const outcome = world.use.requestPurchase({ offerId })
      await Promise.race([outcome.catch(() => {}), asked.promise])
      stop()
      return { outcome, challenge: world.use.pending.current() }
    },
    /** Asks for an offer; the person is asked, and the window has been calm long enough for an answer. */
    async ask(offerId: string = itemOffer.id): Promise<Asked> {
      const { outcome, challenge } = await world.request(offerId)
      if (!challenge) throw new Error('the person was not asked')
      clock.advance(500)
      return { outcome, challenge, answer: { challengeId: challenge.content.challengeId, digest: challenge.digest } }
    },
    /** Asks for an offer and says yes; gives what the launcher is told. */
    async buy(offerId: string = itemOffer.id): Promise<Outcome> {
      const { outcome, answer } = await world.ask(offerId)
      await world.use.approveChallenge(answer)
      return outcome
    },
    /** The person changes a control, and says yes to that in the box of the system. The first one begins a household in euros. */
    change(change: Change) {
      return world.use.controls.changeControl({ change, household: inBerlin })
    },
    /** Looks at what a looser control would do, thinks for as long as has to be, and asks for it. */
    loosen(change: Change) {
      clock.advance(world.use.controls.previewChange({ change }).pauseMs)
      return world.change(change)
    },
    /** Somebody sets the computer's clock; no time passes, and the gateway's clock goes on. */
    turnClockBy: (ms: number) => clock.set(clock.now() + ms),
    /** What a crash leaves: the log and the gateway, and nothing of what was in memory. */
    restart() {
      lifetime.die()
      lifetime = mortalPorts(gateway, ledger)
      confirmWindow.close()
      profile.open = null
      world.use = start()
    },
    eventTypes: (): EventType[] => [...log.events()].map(({ type }) => type).filter((type) => type !== 'log.opened'),
    newest<T extends EventType>(type: T): Extract<LogEvent, { type: T }> {
      const found = [...log.events()].findLast((event) => event.type === type)
      if (!found) throw new Error(`no ${type} in the log`)
      return found as Extract<LogEvent, { type: T }>
    },
    /** How often the gateway was sent a purchase request. */
    sent: () => gateway.calls.filter((call) => call.startsWith('purchase ')).length,
  }
  return world
}
