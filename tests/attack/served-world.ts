/**
 * Both contracts as main serves them, with the real handlers and use cases; under them the fakes of the ports. A test plays the pages, and
 * everybody else who could try to be one.
 */
import type { IpcMainInvokeEvent, WebContents } from 'electron'
import { channelName, type Contract, type Handlers } from '../../src/contract/ipc/channel.ts'
import { confirmContract } from '../../src/contract/ipc/confirm.ts'
import { launcherContract } from '../../src/contract/ipc/launcher.ts'
import type { Preferences } from '../../src/contract/ipc/status.ts'
import { sha256 } from '../../src/main/adapters/system/sha256.ts'
import { createVaultSessionStore } from '../../src/main/adapters/session/vault-session-store.ts'
import { createAccess } from '../../src/main/create-access.ts'
import { createAccount } from '../../src/main/create-account.ts'
import { createAccountHandlers } from '../../src/main/create-account-handlers.ts'
import { createControls } from '../../src/main/create-controls.ts'
import { createControlsHandlers } from '../../src/main/create-controls-handlers.ts'
import { createHousehold } from '../../src/main/create-household.ts'
import { createHouseholdHandlers, createQuestionHandlers } from '../../src/main/create-household-handlers.ts'
import { createLedgerCare } from '../../src/main/create-ledger-care.ts'
import { createLedgerHandlers } from '../../src/main/create-ledger-handlers.ts'
import { createMonitoring, createMonitoringHandlers } from '../../src/main/create-monitoring.ts'
import { createPosture, createPostureHandlers } from '../../src/main/create-posture.ts'
import { createPurchases } from '../../src/main/create-purchases.ts'
import { createChallengeHandlers, createPurchasesHandlers } from '../../src/main/create-purchases-handlers.ts'
import { createRecords } from '../../src/main/create-records.ts'
import { createRequests } from '../../src/main/create-requests.ts'
import { createRequestsHandlers } from '../../src/main/create-requests-handlers.ts'
import { serveContract } from '../../src/main/ipc/serve-contract.ts'
import { type MemberViews, noViews } from '../../src/main/ports/views.ts'
import { createControlHistory } from '../../src/main/usecases/control-history.ts'
import { createLatestPurchases } from '../../src/main/usecases/latest-purchases.ts'
import { createListCatalogue } from '../../src/main/usecases/list-catalogue.ts'
import { createPendingChallengeSlot } from '../../src/main/usecases/pending-challenge.ts'
import { reportStatus } from '../../src/main/usecases/report-status.ts'
import { createShowChallenge } from '../../src/main/usecases/show-challenge.ts'
import { inBerlin } from '../support/control-events.ts'
import { anySignature } from '../support/detail-world.ts'
import { createFakeAccountGateway } from '../support/fake-account-gateway.ts'
import { createFakeBackups } from '../support/fake-backups.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { createFakeConfirmWindow } from '../support/fake-confirm-window.ts'
import { createFakeCredentials } from '../support/fake-credentials.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { createFakeEventLog } from '../support/fake-event-log.ts'
import { createFakeGateway } from '../support/fake-gateway.ts'
import { createFakeIds } from '../support/fake-ids.ts'
import { createFakeLedgerAccess } from '../support/fake-ledger-access.ts'
import { createFakePerson } from '../support/fake-person.ts'
import { createFakeVault } from '../support/fake-vault.ts'
import { importIndex, readOf } from '../support/import-world.ts'
import { createNaiveHistory } from '../support/naive-history.ts'

export type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>
export type ServedWorld = ReturnType<typeof createServedWorld>

/** A page as main knows it: its window's contents and their main frame. */
export function fakePage(url: string) {
  const contents = { mainFrame: { url }, isDestroyed: () => false, send: () => {} }
  return contents
}

export type FakeOrRealWindow = ReturnType<typeof createFakeConfirmWindow>

/** `makeWindow` may put the app's own window in the place of the fake one. */
function createParts(makeWindow: (clock: FakeClock) => FakeOrRealWindow) {
  const clock = createFakeClock(Date.parse('2026-03-02T12:00:00.000Z'))
  const vault = createFakeVault()
  const log = createFakeEventLog({ clock, vault })
  const startMs = clock.now()
  const gateway = createFakeGateway({ now: () => startMs + clock.passedMs(), clock })
  gateway.tellTime()
  return {
    ...{ clock, vault, log, gateway },
    ids: createFakeIds(),
    device: createFakeDevice(),
    ledger: createFakeLedgerAccess(log),
    confirmWindow: makeWindow(clock),
    credentials: createFakeCredentials(),
    person: createFakePerson(),
  }
}
type Parts = ReturnType<typeof createParts>

/** Views in memory, as the file would keep them. */
function createMemoryViews() {
  const kept = new Map<string | null, MemberViews>()
  return {
    of: async (memberId: string | null) => kept.get(memberId) ?? noViews,
    async change(memberId: string | null, decide: (before: MemberViews) => MemberViews) {
      kept.set(memberId, decide(kept.get(memberId) ?? noViews))
    },
    async forget(memberIds: readonly string[]) {
      for (const memberId of memberIds) kept.delete(memberId)
    },
  }
}

/** What reads and writes files, without any. */
const fileless = {
  askFile: async () => '/home/ada/file',
  askOpenFile: async () => '/home/ada/file',
  askSaveFile: async () => '/home/ada/file',
  documents: { write: async () => ({ kind: 'written' }) as const },
  exports: { write: async () => ({ kind: 'written', lines: 0 }) as const },
  reader: { read: async () => readOf([]) },
  takePicture: async () => new Uint8Array(8),
  writeFile: () => null,
}

function createHandlers(parts: Parts, unexpected: unknown[], preferences: { chosen: Preferences }) {
  const { ledger, gateway, log, person } = parts
  const onUnexpected = (error: unknown) => void unexpected.push(error)
  const pending = createPendingChallengeSlot()
  const appearance = () => ({ language: 'en', locale: 'en-IE', theme: 'dark', sandbox: true }) as const
  const common = { ...parts, ...fileless, appearance, language: () => 'en' as const, onUnexpected, pending, sha256, systemZone: () => inBerlin.zone }
  const told = { isWatched: () => true, onReflected() {}, onHouseholdChanged() {}, onQuestionChanged() {}, onControlsChanged() {}, onFamilyChanged() {}, onHistoryChanged() {}, onProgress() {}, onExportProgress() {}, onImportProgress() {}, onStatementProgress() {} }
  const access = createAccess({ ...common, ...told, askBox: person.ask })
  const { actor, identify } = access
  const account = createAccount({
    ...parts,
    ...{ actor, onUnexpected, isNeeded: false, onSignedIn() {}, platform: 'linux', qrModules: () => ['10', '01'], tell() {} },
    browser: { open: async () => false },
    gateway: { ...createFakeAccountGateway(), onStateChanged: gateway.onStateChanged },
    kiosk: { isOn: () => false, touch() {} },
    store: createVaultSessionStore(parts),
  })
  const controlHistory = createControlHistory()
  const controls = createControls({ ...common, ...told, actor, controlHistory, askLooser: access.askLooser, askPerson: access.askPerson, onMemberConfirmed() {} })
  const buying = { ...common, ...told, actor, identify, syncControls: controls.syncControls }
  const purchases = createPurchases(buying, pending)
  const requests = createRequests({ ...buying, controlHistory }, purchases)
  const household = createHousehold({
    ...{ ...common, ...told, access, isAlone: () => preferences.chosen.alone === true },
    ...{ syncControls: controls.syncControlsNow, syncNow: controls.syncControls },
  })
  const care = createLedgerCare({ ...common, ...told, ...purchases, ...controls, backups: createFakeBackups(log) })
  const index = { ...createNaiveHistory({ log: ledger.log }), ...importIndex(ledger.log) }
  const seeing = { ...common, actor, index, signatures: async () => believing, sandbox: true }
  const status = () => reportStatus({ gateway, ledger }, preferences.chosen, { sandbox: true, version: '0.1.0', dataFolder: '/home/ada', systemLanguages: ['en-IE'] })
  const monitoring = createMonitoring({ ...common, account, actor, askAccount: access.askAccount, askPerson: access.askPerson, onMonitoringChanged() {}, quoteNow: purchases.quoteNow })
  const launcher: Handlers<typeof launcherContract> = {
    'app.status': status,
    'app.retry': status,
    'app.setPreferences': (chosen) => {
      preferences.chosen = chosen
      return status()
    },
    'catalogue.list': createListCatalogue({ gateway, onListed: controls.learnSellers }),
    ...createRecords({ ...seeing, tell: told, askPerson: access.askPerson, views: createMemoryViews() }).handlers,
    ...createPurchasesHandlers(purchases, createLatestPurchases({ actor, ledger })),
    ...createControlsHandlers(controls),
    ...createRequestsHandlers(requests),
    ...createHouseholdHandlers(access, household),
    ...createPostureHandlers(createPosture({ ...seeing, ...unmeasured, version: '0.1.0', waitMs: access.waitMs })),
    ...createAccountHandlers(account),
    ...createMonitoringHandlers(monitoring),
    ...withoutKiosk,
    ...createLedgerHandlers({ actor, askPerson: person.ask, care, language: () => 'en', ledger: { ...ledger, ...noRepair } }),
  }
  const confirm: Handlers<typeof confirmContract> = {
    ...createChallengeHandlers(purchases, createShowChallenge({ ...common, currentQuestion: access.questions.current }), monitoring.sayNotMe),
    ...createQuestionHandlers(access),
    'window.touch': () => ({}),
  }
  return { launcher, confirm, access, purchases, pending }
}

/** A program of which nothing can be measured. */
const unmeasured = {
  connections: { last: () => null, hosts: async () => null },
  listBackups: () => ({ folder: '/backups', backups: [], latest: null }),
  program: {
    keychainService: 'secretService',
    pages: async () => ({ sandboxed: { total: 0, good: null }, isolated: { total: 0, good: null } }),
    versions: () => ({ electron: '45.4.1', chromium: '156', node: '24', sqlite: '3.54.1' }),
    denied: () => [],
    files: async () => null,
    fuses: async () => ({ isPackaged: false, wire: null }),
  },
} as const

/** As kiosk mode answers while it is off and nobody begins it; its own rules have tests of their own. */
const withoutKiosk = {
  'kiosk.get': () => ({ kind: 'off' }) as const,
  'kiosk.touch': () => ({}),
  'kiosk.here': () => ({}),
  'kiosk.finish': () => ({}),
  'kiosk.begin': () => ({ kind: 'declined' }) as const,
  'kiosk.leave': () => ({ kind: 'declined' }) as const,
  'kiosk.setPin': () => ({ kind: 'declined' }) as const,
}

/** Fakes sign nothing. */
const believing = { ...anySignature, signedReceipt: async () => null }

const nothingToRepair = async () => ({ kind: 'refused', reason: 'notNeeded' }) as const
const noRepair = { diagnose: nothingToRepair, restore: nothingToRepair, startNew: nothingToRepair }

export interface Report {
  readonly channel: string
  readonly error: unknown
}

export function createServedWorld(makeWindow: (clock: FakeClock) => FakeOrRealWindow = createFakeConfirmWindow) {
  const parts = createParts(makeWindow)
  const unexpected: unknown[] = []
  const preferences: { chosen: Preferences } = { chosen: { language: 'en', theme: 'dark', alone: true } }
  const { launcher, confirm, ...use } = createHandlers(parts, unexpected, preferences)
  const listeners = new Map<string, Listener>()
  const reports: Report[] = []
  /** Each call that came as far as its handler. */
  const reached: { readonly name: string; readonly input: unknown }[] = []
  const ipcMain = { handle: (channel: string, listener: unknown) => void listeners.set(channel, listener as Listener) }
  const pages = { tuppence: fakePage('app://launcher/launcher/index.html'), confirmation: fakePage('app://confirm/confirm/index.html') }
  function watched<H extends object>(handlers: H): H {
    return Object.fromEntries(
      Object.entries(handlers).map(([name, handler]) => [
        name,
        (input: unknown) => {
          reached.push({ name, input })
          return (handler as (input: unknown) => unknown)(input)
        },
      ]),
    ) as H
  }
  function serve<C extends Contract>(contract: C, handlers: Handlers<C>, contents: unknown, origin: string) {
    serveContract(ipcMain, contract, { contents: () => contents as WebContents, origin }, watched(handlers), (channel, error) => void reports.push({ channel, error }))
  }
  serve(launcherContract, launcher, pages.tuppence, 'app://launcher')
  serve(confirmContract, confirm, pages.confirmation, 'app://confirm')
  return {
    ...parts,
    ...use,
    ...{ pages, preferences, reached, reports, unexpected },
    channels: [...listeners.keys()],
    /** As `ipcRenderer.invoke` would have it, from wherever the event says. */
    send(channel: string, event: unknown, ...args: unknown[]): Promise<unknown> {
      const listener = listeners.get(channel)
      return listener ? listener(event as IpcMainInvokeEvent, ...args) : Promise.reject(new Error('no such channel'))
    },
    /** Sends as the page that the contract is for. */
    call(contract: Contract, name: string, ...args: unknown[]): Promise<unknown> {
      const page = contract.bridge === 'tuppence' ? pages.tuppence : pages.confirmation
      return this.send(channelName(contract, name), { sender: page, senderFrame: page.mainFrame }, ...args)
    },
  }
}
