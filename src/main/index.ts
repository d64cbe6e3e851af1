/** The composition root: which part is made of what. Nothing is decided here. */
// Before everything else: it may end the app.
import './refuse-start.ts'
import { join } from 'node:path'
import { app, type BrowserWindow, ipcMain, Menu, protocol, shell } from 'electron'
import { confirmContract } from '../contract/ipc/confirm.ts'
import { launcherContract } from '../contract/ipc/launcher.ts'
import { qrModules } from './adapters/credentials/qr-modules.ts'
import { createVaultCredentials } from './adapters/credentials/vault-credentials.ts'
import { createVaultDevice } from './adapters/device/vault-device.ts'
import { createThreadDocuments } from './adapters/documents/thread-documents.ts'
import { createThreadExports } from './adapters/export/thread-exports.ts'
import { writeFile } from './adapters/files/write-file.ts'
import { createHttpGateway } from './adapters/gateway/http-gateway.ts'
import { createJsonConnections } from './adapters/gateway/json-connections.ts'
import { createPageBrowser } from './adapters/gateway/page-browser.ts'
import { readPackagedConfig } from './adapters/gateway/packaged-config.ts'
import { createGatewaySignatures } from './adapters/gateway/signatures.ts'
import { createThreadImportReader } from './adapters/import/thread-import-reader.ts'
import { createLedgerAccess } from './adapters/ledger-access.ts'
import { openPreferences } from './adapters/preferences/json-preferences.ts'
import { createRunningProgram } from './adapters/program/running-program.ts'
import { createThreadHistoryIndex } from './adapters/sqlite/history-index/thread-history-index.ts'
import { logBackups } from './adapters/sqlite/log-backups.ts'
import { openEventLog } from './adapters/sqlite/open-event-log.ts'
import { afterLettingGo, logRepair } from './adapters/sqlite/repair-log.ts'
import { sqliteVersion } from './adapters/sqlite/sqlite-version.ts'
import { createVaultSessionStore } from './adapters/session/vault-session-store.ts'
import { createRandomIds } from './adapters/system/random-ids.ts'
import { sha256 } from './adapters/system/sha256.ts'
import { createSystemClock } from './adapters/system/system-clock.ts'
import { systemZone } from './adapters/system/system-zone.ts'
import { keytarVault, vaultScope } from './adapters/vault/keytar-vault.ts'
import { createJsonViews } from './adapters/views/json-views.ts'
import { createAccess } from './create-access.ts'
import { createAccount } from './create-account.ts'
import { createAccountHandlers } from './create-account-handlers.ts'
import { createControls } from './create-controls.ts'
import { createControlsHandlers } from './create-controls-handlers.ts'
import { createHousehold } from './create-household.ts'
import { createHouseholdHandlers, createQuestionHandlers } from './create-household-handlers.ts'
import { createKiosk } from './create-kiosk.ts'
import { createLedgerCare } from './create-ledger-care.ts'
import { createLedgerHandlers } from './create-ledger-handlers.ts'
import { createMonitoring, createMonitoringHandlers } from './create-monitoring.ts'
import { createPosture, createPostureHandlers } from './create-posture.ts'
import { createPurchases } from './create-purchases.ts'
import { createChallengeHandlers, createPurchasesHandlers } from './create-purchases-handlers.ts'
import { createRecords } from './create-records.ts'
import { createRequests } from './create-requests.ts'
import { createRequestsHandlers } from './create-requests-handlers.ts'
import { createTellLauncher } from './create-tell-launcher.ts'
import { openDataFolder } from './data-folder.ts'
import { every } from './every.ts'
import { createEmit, serveContract } from './ipc/serve-contract.ts'
import { withinKiosk } from './ipc/within-kiosk.ts'
import { quitTidily } from './quit-tidily.ts'
import { reportCallRefused, reportError, reportUncaught } from './report-error.ts'
import { createSandbox } from './sandbox/create-sandbox.ts'
import { createControlHistory } from './usecases/control-history.ts'
import { createListCatalogue } from './usecases/list-catalogue.ts'
import { createLatestPurchases } from './usecases/latest-purchases.ts'
import { createPendingChallengeSlot } from './usecases/pending-challenge.ts'
import { appearanceFor, reportStatus } from './usecases/report-status.ts'
import { createShowChallenge } from './usecases/show-challenge.ts'
import { appScheme } from './windows/app-protocol.ts'
import { createAskFile, createAskOpenFile } from './windows/ask-file.ts'
import { createAskPerson } from './windows/ask-person.ts'
import { createConfirmWindow } from './windows/confirm-window.ts'
import { loadPage, type PageOptions, pageOrigin } from './windows/create-window.ts'
import { cutOff } from './windows/cut-off.ts'
import { createDeniedPermissions } from './windows/denied-permissions.ts'
import { giveUp, giveUpStarting } from './windows/give-up.ts'
import { openLauncherWindow } from './windows/launcher-window.ts'
import { showWhenStartedAgain } from './windows/started-again.ts'
import { takePicture } from './windows/take-picture.ts'

/** How often the ledger is looked after: what is still open is asked for, what is due is done. */
const tendEveryMs = 20_000

/** How often it is looked at whether a profile has been open for too long without anybody there. */
const lookForIdleEveryMs = 10_000

reportUncaught(process, giveUp)
const folder = openDataFolder(process.env['TUPPENCE_DATA_DIR'], app.getPath('userData'))
if (folder.usable) app.setPath('userData', folder.path)
app.enableSandbox()
if (!__DEV__) cutOff(app.commandLine)
protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }])

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(start).catch((error: unknown) => {
    reportError('starting', error)
    giveUpStarting()
  })
} else app.quit()

async function start(): Promise<void> {
  Menu.setApplicationMenu(null)
  const { denied, onDenied } = createDeniedPermissions()
  const page: PageOptions = {
    onDenied,
    preloadDir: join(import.meta.dirname, '../preload'),
    rendererDir: join(import.meta.dirname, '../renderer'),
    devServerUrl: __DEV__ ? (process.env['ELECTRON_RENDERER_URL'] ?? null) : null,
  }
  let launcher: BrowserWindow | null = null

  const sandbox = __SANDBOX__ ? createSandbox(folder.path) : null
  const clock = sandbox?.clock ?? createSystemClock()
  const ids = createRandomIds()
  const vault = keytarVault({ scope: vaultScope(folder.path) })
  const preferences = await openPreferences(folder.preferencesFile)

  const launcherPage = { contents: () => launcher?.webContents ?? null, origin: pageOrigin('launcher', page) }
  const confirmWindow = createConfirmWindow({
    clock,
    page,
    parent: () => launcher,
    theme: () => preferences.get().theme,
    isKiosk: () => kiosk.isOn(),
    onDisturbed: () => toConfirm('window.disturbed', {}),
  })
  const confirmPage = { contents: confirmWindow.contents, origin: pageOrigin('confirm', page) }
  const toConfirm = createEmit(confirmContract, confirmPage)

  const packagedConfig = join(app.getAppPath(), 'resources/gateway.json')
  const config = async () => sandbox?.gateway.config ?? readPackagedConfig(packagedConfig)
  const signatures = () => config().then((known) => known && createGatewaySignatures(known), () => null)
  const logPlace = { file: folder.ledgerFile, vault, clock, ids, signatures }
  const worker = (name: string) => join(import.meta.dirname, name)
  const index = createThreadHistoryIndex({ ledgerFile: folder.ledgerFile, indexFile: folder.indexFile, workerFile: worker('history.cjs') })
  const ledger = createLedgerAccess({
    clock,
    vault,
    openLog: () => openEventLog(logPlace),
    // A file that is open elsewhere cannot be put aside on every system.
    repair: afterLettingGo(logRepair(logPlace), index.close),
    onChanged: () => tell.onLedgerChanged(),
  })
  const device = createVaultDevice({ vault, mayCreateKey: () => ledger.log()?.newestPurchases(1).length === 0 })
  const connections = createJsonConnections({ file: folder.connectionsFile, clock })
  const gateway = createHttpGateway({ watch: connections.watch, clock, device, ids, config, mustChain: !__SANDBOX__, session: () => account.session })
  const surroundings = {
    sandbox: __SANDBOX__,
    version: __VERSION__,
    dataFolder: folder.path,
    systemLanguages: app.getPreferredSystemLanguages(),
    get kiosk() {
      return kiosk.isOn()
    },
  }
  const status = () => reportStatus({ gateway, ledger }, preferences.get(), surroundings)
  const appearance = () => appearanceFor(preferences.get(), surroundings)
  const language = () => appearance().language
  const toLauncher = createEmit(launcherContract, launcherPage)
  const tell = createTellLauncher(toLauncher, status)

  const credentials = createVaultCredentials({ vault })
  const pending = createPendingChallengeSlot()
  // A box of the system leads out of kiosk mode: there every question of it counts as cancelled.
  const boxParent = () => (kiosk.isOn() ? null : launcher)
  const askBox = createAskPerson(boxParent)
  const access = createAccess({
    ...{ askBox, clock, confirmWindow, credentials, gateway, ids, ledger, pending, sha256 },
    onHouseholdChanged: () => {
      records.forgetUnlessTheirs()
      tell.onHouseholdChanged()
    },
    onQuestionChanged: () => toConfirm('question.changed', {}),
    onUnexpected: (error) => reportError('asking who it is', error),
  })
  const { actor, identify } = access
  const kiosk = createKiosk({
    ...{ access, askBox, clock, confirmWindow, credentials, gateway, language, ledger, preferences },
    isForced: process.argv.includes('--kiosk'),
    launcher: () => launcher,
    load: (window) => loadPage(window, 'launcher', page),
    onTurnOver: () => account.turnOver(),
    onUnexpected: (error) => reportError('kiosk mode', error),
    tell: {
      ask: () => toLauncher('kiosk.asked', {}),
      changed: (view) => toLauncher('kiosk.changed', view),
      turn: (left) => toConfirm('window.turn', left),
    },
  })
  const account = createAccount({
    ...{ actor, clock, confirmWindow, gateway, kiosk, ledger, qrModules },
    browser: createPageBrowser({ config, isKiosk: kiosk.isOn, openExternal: (address) => shell.openExternal(address) }),
    isNeeded: !__SANDBOX__,
    onSignedIn: () => void controls.syncControls(),
    onUnexpected: (error) => reportError('signing in', error),
    platform: process.platform,
    store: createVaultSessionStore({ vault }),
    tell: (view) => toLauncher('account.changed', view),
  })
  const controlHistory = createControlHistory()
  const controls = createControls({
    ...{ actor, appearance, clock, controlHistory, gateway, ids, ledger, systemZone },
    askLooser: access.askLooser,
    askPerson: access.askPerson,
    signedIn: account.signedIn,
    onMemberConfirmed: (memberId) => {
      household.welcomeMember(memberId).catch((error: unknown) => reportError('letting somebody in', error))
    },
    onControlsChanged: () => {
      access.profiles.lockWhenDue()
      tell.onHouseholdChanged()
    },
    onUnexpected: (error) => reportError('limits and exclusion', error),
  })
  const buying = {
    ...{ actor, clock, confirmWindow, credentials, device, gateway, identify, ids, ledger, sha256 },
    isWatched: () => !account.mayVisit(),
    onFamilyChanged: tell.onFamilyChanged,
    onHistoryChanged: tell.onHistoryChanged,
    onProgress: tell.onProgress,
    onReflected: () => toConfirm('challenge.reflected', {}),
    sitting: account.sitting,
    syncControls: controls.syncControls,
    onUnexpected: (error: unknown) => reportError('buying', error),
  }
  const purchases = createPurchases(buying, pending)
  const requests = createRequests({ ...buying, controlHistory }, purchases)
  const household = createHousehold({
    ...{ access, appearance, clock, credentials, gateway, ids, ledger, sha256, systemZone },
    isAlone: () => preferences.get().alone === true,
    onHouseholdChanged: tell.onHouseholdChanged,
    syncControls: controls.syncControlsNow,
    syncNow: controls.syncControls,
  })

  const care = createLedgerCare({
    ...purchases,
    ...{ clock, device, gateway, ledger },
    backups: logBackups(logPlace),
    syncControlsWhenDue: controls.syncControlsWhenDue,
    onFamilyChanged: tell.onFamilyChanged,
    onHistoryChanged: tell.onHistoryChanged,
    onUnexpected: (error) => reportError('looking after the ledger', error),
  })
  const tend = () => void care.tend().catch((error: unknown) => reportError('looking after the ledger', error))
  gateway.onStateChanged((state) => {
    tell.onStatusChanged()
    if (state === 'ready') tend()
  })

  const documents = createThreadDocuments({ workerFile: worker('documents.cjs'), fontsDir: join(import.meta.dirname, '../../../resources/fonts') })
  const askSaveFile = createAskFile(boxParent)
  const records = createRecords({
    ...{ actor, appearance, askSaveFile, clock, documents, gateway, ids, index, ledger, sha256, signatures, systemZone, tell, writeFile },
    askOpenFile: createAskOpenFile(boxParent),
    askPerson: access.askPerson,
    exports: createThreadExports({ ledgerFile: folder.ledgerFile, workerFile: worker('export.cjs'), clock, trustedIndex: index.trustedFile }),
    onUnexpected: (error) => reportError('keeping views of the history', error),
    reader: createThreadImportReader({ workerFile: worker('import.cjs') }),
    sandbox: __SANDBOX__,
    takePicture: (area) => takePicture(launcher, area),
    views: createJsonViews(folder.viewsFile),
  })
  const monitoring = createMonitoring({
    ...{ account, actor, appearance, clock, confirmWindow, gateway, ledger, pending, sha256 },
    askAccount: access.askAccount,
    askPerson: access.askPerson,
    onMonitoringChanged: tell.onMonitoringChanged,
    quoteNow: purchases.quoteNow,
  })
  const posture = createPosture({
    ...{ actor, clock, connections, credentials, device, documents, gateway, language, ledger, systemZone, vault },
    askFile: askSaveFile,
    listBackups: care.listBackups,
    program: createRunningProgram({
      ...{ dataFolder: folder.path, denied, sqliteVersion },
      pages: () => [launcher?.webContents, confirmWindow.contents()].filter((contents) => contents !== null && contents !== undefined),
    }),
    sandbox: __SANDBOX__,
    version: __VERSION__,
    waitMs: access.waitMs,
  })

  const opened = ledger.retry()
  serveContract(
    ipcMain,
    launcherContract,
    launcherPage,
    withinKiosk({ ...account, isOn: kiosk.isOn, actor }, {
      'app.status': () => opened.then(status),
      'app.retry': async () => {
        await ledger.retry()
        await gateway.time().catch(() => null)
        return status()
      },
      'app.setPreferences': async (chosen) => {
        await preferences.set(chosen)
        return status()
      },
      'catalogue.list': createListCatalogue({ gateway, onListed: controls.learnSellers }),
      ...records.handlers,
      ...createPurchasesHandlers(purchases, createLatestPurchases({ actor, ledger })),
      ...createControlsHandlers(controls),
      ...createRequestsHandlers(requests),
      ...createHouseholdHandlers(access, household),
      ...createMonitoringHandlers(monitoring),
      ...createPostureHandlers(posture),
      ...createLedgerHandlers({ actor, askPerson: askBox, care, language, ledger }),
      ...createAccountHandlers(account),
      ...kiosk.handlers,
    }),
    reportCallRefused,
  )
  serveContract(
    ipcMain,
    confirmContract,
    confirmPage,
    {
      ...createChallengeHandlers(purchases, createShowChallenge({ pending, appearance, clock, currentQuestion: access.questions.current }), monitoring.sayNotMe),
      ...createQuestionHandlers(access),
      ...kiosk.confirmHandlers,
    },
    reportCallRefused,
  )

  showWhenStartedAgain(app, () => launcher)
  let isQuitting = false
  app.on('before-quit', () => (isQuitting = true))
  // Whatever closed the window of a kiosk, it was not the operator.
  app.on('window-all-closed', () => (kiosk.isOn() && !isQuitting ? openLauncher() : app.quit()))
  const stopTending = every(clock, tendEveryMs, tend)
  const stopLocking = every(clock, lookForIdleEveryMs, access.profiles.lockWhenDue)
  quitTidily(app, async () => {
    stopTending()
    stopLocking()
    kiosk.stop()
    await records.stop()
    await posture.stop()
    await purchases.idle()
    await account.stop()
    await care.idle()
    await index.close()
    await ledger.close()
    await connections.idle()
    await sandbox?.gateway.stop()
  })

  function openLauncher(): void {
    const window = openLauncherWindow(page, { theme: preferences.get().theme, kiosk, onFailed: (error) => reportError('showing the launcher', error) })
    launcher = window
    kiosk.follow(window)
    window.on('closed', () => {
      // In a kiosk the next one may be there already.
      if (launcher === window) launcher = null
      confirmWindow.closeAll()
      access.profiles.lock()
    })
  }
  openLauncher()
  await opened
  account.start()
  await gateway.time().catch(() => null)
  tend()
  confirmWindow.prepareSoon()
}
