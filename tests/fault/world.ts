/** One data folder with a real gateway and the app without its windows, in which things are made to fail and put right. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Outcome } from '../../src/contract/ipc/outcome.ts'
import { type Violation, violationsIn } from '../crash/compare.ts'
import { type GatewayProcess, startGatewayProcess } from '../crash/gateway-process.ts'
import { AppError, type CoreApp, type CoreCommand, type CoreReport, startCoreApp } from '../crash/start-core-app.ts'
import { cheapOffer } from '../support/offers.ts'

/** What the app does while something fails. */
export const acts = ['first start', 'start', 'buying', 'looking after', 'closing'] as const
export type Act = (typeof acts)[number]

export interface FaultViolation extends Omit<Violation, 'kind'> {
  readonly kind: Violation['kind'] | 'unclear' | 'hung' | 'notRecovered' | 'paidUnrecorded'
}

export interface Failed {
  /** In words of the app: a state of the ledger, how a purchase ended, or `done`. */
  readonly told: string
  readonly ms: number
  readonly violations: readonly FaultViolation[]
}

export interface FaultWorld {
  readonly root: string
  readonly dataDir: string
  /** Brings it to where the act can begin. `env` is for the app's process. */
  prepare(act: Act): Promise<void>
  /** Does it. Nothing may be left unclear or hang, and what is told to be paid must be on the disk. */
  run(act: Act): Promise<Failed>
  /** Once nothing fails any more: settles and compares. `isKilled`: the app does not live to see that. */
  recover(isKilled: boolean): Promise<FaultViolation[]>
  dispose(): Promise<void>
}

/** The longest that anything may take, in milliseconds; beyond it a person thinks that it hangs. */
export const patienceMs = 5_000
const dayMs = 24 * 60 * 60_000
const minuteMs = 60_000

export interface FaultWorldOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Given the data folder, what else the app's environment holds. */
  readonly appEnv?: (dataDir: string, root: string) => Readonly<Record<string, string | undefined>>
  /** A module that is loaded into the app before anything else. */
  readonly preload?: string
  /** Gives each data folder a disk of its own; what it returns takes that away. */
  readonly mountOn?: (folder: string) => () => void
}

export async function createFaultWorld({ env, appEnv = () => ({}), preload, mountOn = () => () => {} }: FaultWorldOptions): Promise<FaultWorld> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tuppence-fault-')))
  let dataDir = ''
  let folders = 0
  let gateway: GatewayProcess = await startGatewayProcess(join(root, 'gateway-0'), 0)
  let app: CoreApp | null = null
  let aheadMs = 0
  let unmount = () => {}
  const toldPaid = new Set<string>()

  async function emptyFolder(): Promise<void> {
    await app?.kill()
    app = null
    await gateway.kill()
    unmount()
    folders += 1
    toldPaid.clear()
    dataDir = join(root, `data-${folders}`)
    mkdirSync(dataDir)
    unmount = mountOn(dataDir)
    gateway = await startGatewayProcess(join(root, `gateway-${folders}`), aheadMs)
  }

  function running(): CoreApp {
    app ??= startCoreApp({ env: { ...env, ...appEnv(dataDir, root) }, ...(preload !== undefined && { preload }) })
    return app
  }

  const open = () => running().tell<string>({ do: 'open', dataDir, gateway: gateway.config, clockAheadMs: aheadMs })

  async function letTimePass(ms: number): Promise<void> {
    aheadMs += ms
    gateway.advanceClock(ms)
    await running().tell({ do: 'advance', ms })
  }

  async function prepare(act: Act): Promise<void> {
    if (act === 'first start' || dataDir === '') await emptyFolder()
    // It has nothing to close yet, but answers once it is up: how long Node takes for that is not the app's doing.
    if (act === 'first start') return void (await running().tell({ do: 'close' }).catch(() => null))
    const state = await open()
    if (state !== 'ready') throw new Error(`the ledger is ${state} before anything fails`)
    // So that looking after it has everything to do.
    if (act === 'looking after') await letTimePass(dayMs)
    if (act === 'start') await running().tell({ do: 'close' })
  }

  async function doIt(act: Act): Promise<string> {
    if (act === 'first start' || act === 'start') return open()
    if (act === 'looking after') return said(await running().tell({ do: 'tend' }))
    if (act === 'closing') return said(await running().tell({ do: 'close' }))
    const outcome = await running().tell<Outcome>({ do: 'buy', offerId: cheapOffer.id })
    if (outcome.kind === 'succeeded') toldPaid.add(outcome.purchaseId)
    return outcome.kind === 'refused' ? `refused: ${outcome.reason}` : outcome.kind
  }

  async function run(act: Act): Promise<Failed> {
    const startedAt = performance.now()
    const violations: FaultViolation[] = []
    const told = await patiently(doIt(act)).catch((error: unknown) => {
      if (!(error instanceof AppError) || act === 'closing') return 'not done'
      violations.push({ kind: 'unclear', what: error.message })
      return 'threw'
    })
    const ms = performance.now() - startedAt
    if (ms > patienceMs) violations.push({ kind: 'hung', what: `${act} took ${Math.round(ms)} ms` })
    const unrecorded = told === 'succeeded' ? [...toldPaid].filter((id) => !isRecordedPaid(dataDir, id)) : []
    return { told, ms, violations: [...violations, ...unrecorded.map((id) => ({ kind: 'paidUnrecorded' as const, what: id }))] }
  }

  async function recover(isKilled: boolean): Promise<FaultViolation[]> {
    if (isKilled) {
      await app?.kill()
      app = null
    }
    const unexpected = isKilled ? [] : await running().tell<CoreReport>({ do: 'report' }).then((found) => found.unexpected, () => [])
    await running().tell({ do: 'close' }).catch(() => null)
    const state = await open()
    if (state !== 'ready') return [{ kind: 'notRecovered', what: `the ledger is ${state}` }]
    await running().tell({ do: 'tend' })
    const stillOpen = await settle(running())
    const report = await running().tell<CoreReport>({ do: 'report' })
    const charges = await gateway.charges()
    await running().tell({ do: 'close' })
    return [
      ...unexpected.map((what) => ({ kind: 'unclear' as const, what })),
      ...violationsIn({ ...report, stillOpen, charges, toldPaid, approved: toldPaid }),
    ]
  }

  /** Only when the quote has ended does a request that was never received count as such. */
  async function settle(by: CoreApp): Promise<number> {
    const command: CoreCommand = { do: 'settle' }
    let stillOpen = await by.tell<number>(command)
    for (let tries = 0; stillOpen > 0 && tries < 3; tries += 1) {
      await letTimePass(11 * minuteMs)
      stillOpen = await by.tell<number>(command)
    }
    return stillOpen
  }

  await emptyFolder()
  return {
    root,
    get dataDir() {
      return dataDir
    },
    prepare,
    run,
    recover,
    async dispose() {
      await app?.kill()
      await gateway.kill()
      unmount()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

const said = (_: unknown): string => 'done'

/** A minute is longer than anything of the app waits; who hangs for longer hangs for ever. */
function patiently<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<T>()
  const limit = setTimeout(() => reject(new AppError('it hangs')), minuteMs)
  return Promise.race([work, promise]).finally(() => clearTimeout(limit))
}

/** Looked up from outside, in what is committed. */
function isRecordedPaid(dataDir: string, purchaseId: string): boolean {
  const db = new Database(join(dataDir, 'ledger.sqlite'), { readonly: true, fileMustExist: true })
  try {
    return db.prepare("SELECT 1 FROM events WHERE type = 'purchase.succeeded' AND instr(payload, ?) > 0").get(purchaseId) !== undefined
  } finally {
    db.close()
  }
}
