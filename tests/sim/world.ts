/** One simulated person, computer and gateway; the client in it is the real one. */
import type { EventPayloads, LogEvent } from '../../src/domain/events.ts'
import { createControls } from '../../src/main/create-controls.ts'
import { createLedgerCare } from '../../src/main/create-ledger-care.ts'
import { createPurchases } from '../../src/main/create-purchases.ts'
import { createRequests } from '../../src/main/create-requests.ts'
import { sha256 } from '../../src/main/adapters/system/sha256.ts'
import { type EventLog, type LogHead, LogStorageError } from '../../src/main/ports/event-log.ts'
import type { Gateway } from '../../src/main/ports/gateway.ts'
import { VaultError } from '../../src/main/ports/vault.ts'
import { createControlHistory } from '../../src/main/usecases/control-history.ts'
import { createIdentify } from '../../src/main/usecases/identify.ts'
import { seededRandom } from '../crash/random.ts'
import { begun } from '../support/control-events.ts'
import { everyRole, householdBegun } from '../support/household-events.ts'
import { createFakeBackups } from '../support/fake-backups.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createFakeConfirmWindow } from '../support/fake-confirm-window.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { createFakeIds } from '../support/fake-ids.ts'
import { createFakeLedgerAccess } from '../support/fake-ledger-access.ts'
import { type Coverage, createCoverage } from './coverage.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import { simCredentials } from './sim-credentials.ts'
import { createSimGateway, type SimGateway } from './sim-gateway.ts'
import { createSimKeychain } from './sim-keychain.ts'
import { openSimLog, type SimDisk } from './sim-log.ts'

/** Thrown when a promise is broken; the seed repeats it. */
export class Violation extends Error {}

/** Lets a test put the client's parts together in a wrong way, to see that the simulation finds out. */
export interface Sabotage {
  readonly log?: (log: EventLog) => EventLog
  readonly gateway?: (gateway: Gateway) => Gateway
}

export interface World {
  readonly scheduler: Scheduler
  readonly coverage: Coverage
  readonly clock: ReturnType<typeof createFakeClock>
  readonly disk: SimDisk
  readonly gateway: SimGateway
  /** Events that the client was told are durable: none of them may ever be missing or different. */
  readonly acknowledged: readonly LogEvent[]
  readonly keychain: ReturnType<typeof createSimKeychain>
  /** What the gateway's clock says. */
  now(): number
  /** A time step of an authenticator that was never used. */
  nextStep(): number
  client(): Client | null
  /** Starts the app. Null while the keychain does not let it. */
  start(): Promise<void>
  /** The process ends at this very moment. */
  crash(): void
  /** Fails the run. */
  violated(what: string): never
  /** Also where the client caught what was thrown at it: throws the first violation. */
  assertSound(): void
}

export interface Client {
  readonly use: ReturnType<typeof createPurchases>
  readonly care: ReturnType<typeof createLedgerCare>
  readonly controls: ReturnType<typeof createControls>
  readonly requests: ReturnType<typeof createRequests>
  readonly log: EventLog
  /** Whose profile is open; after a start nobody's is. */
  readonly profile: { open: string | null }
  /** How many things the person or the clock has set off that have not ended. */
  busy: number
}

/** So that grown-ups come near limits of their own as well. */
const ownLimits = ['guardian', 'adult'].map((memberId) => ({ period: 'week' as const, sellerId: null, memberId, amount: '1500' }))

const startMs = Date.parse('2026-11-24T09:00:00.000Z')

export function createWorld(seed: number, { isTraced = false, sabotage = {} as Sabotage } = {}): World {
  const random = seededRandom(seed)
  const scheduler = createScheduler(random, isTraced)
  const coverage = createCoverage()
  const clock = createFakeClock(startMs)
  const ids = createFakeIds()
  const disk: SimDisk = { events: [] }
  const keychain = createSimKeychain(scheduler, coverage)
  const acknowledged: LogEvent[] = []
  let life = 0
  let step = 0
  let client: Client | null = null

  let broken: Violation | null = null

  function violated(what: string): never {
    broken ??= new Violation(`seed ${seed}: ${what}`)
    throw broken
  }

  /** P1, P3: whatever is sent was approved as just this, is on the disk, and is anchored in the keychain. */
  function onSending(key: string): void {
    const index = disk.events.findIndex((event) => event.type === 'purchase.approved' && (event.payload.key as string) === key)
    if (index < 0) violated(`P1 ${key} was sent without an approval on the disk`)
    const anchor = JSON.parse(keychain.secrets.get('log-anchor') ?? '{"seq":0}') as LogHead
    if (anchor.seq < index + 1) violated(`P3 ${key} was sent before its approval was anchored`)
    if (sent.has(key)) violated(`P2 ${key} was sent twice`)
    sent.add(key)
  }
  const sent = new Set<string>()

  const now = () => startMs + clock.passedMs()
  const gateway = createSimGateway({ scheduler, coverage, now, onSending })

  async function open(): Promise<Client> {
    const vault = keychain.vaultFor(life)
    const opened = await openSimLog({
      ...{ disk, vault, clock, ids, scheduler, coverage, life },
      onAcknowledged: (event) => acknowledged.push(event),
    })
    const log = sabotage.log?.(opened) ?? opened
    if (log.state().kind !== 'ready') violated(`P3 a log that nobody touched opens as ${JSON.stringify(log.state())}`)
    if (!log.head()) await log.append(() => ({ type: 'log.opened', actor: 'client', payload: { logId: 'sim-log', format: 1 } }))
    // Every other life has its household from the first start on.
    if (seed % 2 === 0) for (const event of [begun(), householdBegun(everyRole, ownLimits)]) await log.append(() => (disk.events.some(({ type }) => type === event.type) ? null : event))
    const ledger = createFakeLedgerAccess(log)
    const device = createFakeDevice()
    const port = gateway.portFor(life, clock)
    const profile: Client['profile'] = { open: null }
    const deps = {
      ...{ clock, ids, device, ledger, sha256 },
      actor: () => profile.open,
      credentials: simCredentials,
      controlHistory: createControlHistory(),
      gateway: sabotage.gateway?.(port) ?? port,
      confirmWindow: createFakeConfirmWindow(clock),
      askLooser: async () => ({}),
      askPerson: async () => true,
      appearance: () => ({ language: 'en', locale: 'en' }) as const,
      systemZone: () => 'Europe/Berlin',
      onControlsChanged: () => {},
      onFamilyChanged: () => {},
      onHistoryChanged: () => {},
      onMemberConfirmed: () => {},
      isWatched: () => true,
      onProgress: () => {},
      onReflected: () => {},
      onUnexpected: (error: unknown) => violated(`a bug was reported: ${String(error)}`),
    }
    const controls = createControls(deps)
    const { identify } = createIdentify(deps)
    const buying = { ...deps, identify, syncControls: controls.syncControls }
    const use = createPurchases(buying)
    const requests = createRequests(buying, use)
    const care = createLedgerCare({ ...deps, ...use, ...controls, backups: createFakeBackups(log) })
    return { use, care, controls, requests, log, profile, busy: 0 }
  }

  return {
    ...{ scheduler, coverage, clock, disk, gateway, acknowledged, keychain, violated },
    now,
    nextStep: () => (step += 1),
    client: () => client,
    assertSound() {
      if (broken) throw broken
    },
    async start() {
      const mine = life
      const opened = await open().catch((error: unknown) => {
        if (error instanceof VaultError || error instanceof LogStorageError || error instanceof Violation) return null
        throw error
      })
      if (mine === life) client = opened
    },
    crash() {
      const dying = scheduler.kill(life)
      coverage.count('crash')
      if (dying.some((what) => what.startsWith('disk has written purchase.approved'))) coverage.count('crash between approval and sending')
      if (dying.some((what) => /^purchase \S+: (given|answer)/.test(what))) coverage.count('crash while a request was out')
      if (isAgreed(disk.events.at(-1))) coverage.count('crash before a guardian’s yes was sent')
      if (dying.some((what) => /^purchase \S+: answer/.test(what))) coverage.count('crash between charge and hearing of it')
      life += 1
      client = null
    },
  }
}

const isAgreed = (event: LogEvent | undefined) => event?.type === 'purchase.approved' && event.payload.approvedBy !== undefined

export function approvalsOf(disk: SimDisk): EventPayloads['purchase.approved'][] {
  return disk.events.flatMap((event) => (event.type === 'purchase.approved' ? [event.payload] : []))
}
