/**
 * The app without its windows: everything real that `src/main/index.ts` puts together, and a person who says yes to every
 * question at once. It does what it is told on stdin, one JSON line for each thing to do, and answers on stdout.
 */
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createVaultDevice } from '../../src/main/adapters/device/vault-device.ts'
import type { GatewayConfig } from '../../src/main/adapters/gateway/gateway-config.ts'
import { createHttpGateway } from '../../src/main/adapters/gateway/http-gateway.ts'
import { createLedgerAccess } from '../../src/main/adapters/ledger-access.ts'
import { logBackups } from '../../src/main/adapters/sqlite/log-backups.ts'
import { openEventLog } from '../../src/main/adapters/sqlite/open-event-log.ts'
import { logRepair } from '../../src/main/adapters/sqlite/repair-log.ts'
import { createRandomIds } from '../../src/main/adapters/system/random-ids.ts'
import { sha256 } from '../../src/main/adapters/system/sha256.ts'
import { createSystemClock } from '../../src/main/adapters/system/system-clock.ts'
import { keytarVault, vaultScope } from '../../src/main/adapters/vault/keytar-vault.ts'
import { createControls } from '../../src/main/create-controls.ts'
import { createLedgerCare } from '../../src/main/create-ledger-care.ts'
import { createPurchases } from '../../src/main/create-purchases.ts'
import { openDataFolder } from '../../src/main/data-folder.ts'
import { createControllableClock } from '../../src/main/sandbox/controllable-clock.ts'
import { createControlHistory } from '../../src/main/usecases/control-history.ts'
import { createLatestPurchases } from '../../src/main/usecases/latest-purchases.ts'
import type { CoreCommand, CoreReport } from './start-core-app.ts'

/** A request may wait its turn behind 200 others on a slow machine. */
const patientMs = 120_000

type Started = ReturnType<typeof start>
let started: Started | null = null

function start(dataDir: string, config: GatewayConfig, clockAheadMs: number) {
  const folder = openDataFolder(dataDir, dataDir)
  const clock = createControllableClock(createSystemClock())
  clock.advance(clockAheadMs)
  const ids = createRandomIds()
  const vault = keytarVault({ scope: vaultScope(folder.path) })
  const logPlace = { file: folder.ledgerFile, vault, clock, ids }
  const ledger = createLedgerAccess({
    clock,
    vault,
    openLog: () => openEventLog(logPlace),
    repair: logRepair(logPlace),
    onChanged() {},
  })
  const device = createVaultDevice({ vault, mayCreateKey: () => ledger.log()?.newestPurchases(1).length === 0 })
  const gateway = createHttpGateway({ clock, device, ids, config: () => Promise.resolve(config), mustChain: false, timeoutMs: patientMs })
  const unexpected: string[] = []
  const told = {
    actor: () => null,
    onFamilyChanged() {},
    onHistoryChanged() {},
    onUnexpected(error: unknown) {
      console.error(error)
      unexpected.push(wordsOf(error))
    },
  }

  const controls = createControls({
    ...{ clock, gateway, ids, ledger, ...told },
    appearance: () => ({ language: 'en', locale: 'en' }),
    askLooser: async () => ({}),
    askPerson: async () => true,
    controlHistory: createControlHistory(),
    onControlsChanged() {},
    onMemberConfirmed() {},
    systemZone: () => 'Europe/Berlin',
  })

  /** Buying with a slot of its own, as one app has one; several of them buy at the same time. */
  function createBuyer() {
    const purchases = createPurchases({
      ...{ clock, device, gateway, ids, ledger, sha256, ...told },
      syncControls: controls.syncControls,
      credentials: { has: async () => ({ pin: false, secondFactor: false }) },
      identify: async () => ({ kind: 'unavailable' }),
      isWatched: () => false,
      onReflected() {},
      confirmWindow: { open: () => Promise.resolve(), calmForMs: () => 1_000, close() {} },
      onProgress({ step }) {
        const shown = step === 'confirming' ? purchases.pending.current() : null
        if (shown) void purchases.approveChallenge({ challengeId: shown.content.challengeId, digest: shown.digest })
      },
    })
    return purchases
  }

  const buyer = createBuyer()
  const care = createLedgerCare({ ...buyer, ...controls, ...told, backups: logBackups(logPlace), clock, device, gateway, ledger })
  return { buyer, care, clock, createBuyer, gateway, ledger, unexpected }
}

function running(): Started {
  if (!started) throw new Error('not started')
  return started
}

async function report({ ledger, care, unexpected }: Started): Promise<CoreReport> {
  const latest = createLatestPurchases({ ledger, actor: () => null })()
  const compared = await care.reconcileLedger()
  return {
    ledger: ledger.state(),
    rows: latest.kind === 'ok' ? latest.rows : [],
    verification: (await ledger.log()?.verify())?.kind ?? 'none',
    differences: compared.kind === 'compared' ? compared.differences.length : null,
    unexpected,
  }
}

async function carryOut(command: CoreCommand): Promise<unknown> {
  switch (command.do) {
    case 'open': {
      started = start(command.dataDir, command.gateway, command.clockAheadMs)
      await started.ledger.retry()
      await started.gateway.time().catch(() => null)
      return started.ledger.state()
    }
    case 'reopen':
      await running().ledger.retry()
      return running().ledger.state()
    case 'buy':
      return running().buyer.requestPurchase({ offerId: command.offerId })
    case 'buyAtOnce':
      return Promise.all(Array.from({ length: command.count }, () => running().createBuyer().requestPurchase({ offerId: command.offerId })))
    case 'tend':
      return running().care.tend()
    case 'settle':
      return (await running().buyer.settlePurchases()).stillOpen
    case 'advance':
      return running().clock.advance(command.ms)
    case 'report':
      return report(running())
    case 'close':
      await running().care.idle()
      await running().ledger.close()
      started = null
      return null
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))

/** Unbuffered, so that what was said before a kill is known to have been. */
const say = (answer: unknown) => void writeSync(1, `${JSON.stringify(answer)}\n`)

createInterface(process.stdin).on('line', (line) => {
  carryOut(JSON.parse(line) as CoreCommand).then(
    (result) => say({ result: result ?? null }),
    (error: unknown) => say({ error: wordsOf(error) }),
  )
})
