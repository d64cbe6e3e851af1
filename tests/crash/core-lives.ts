/**
 * Many lives of the app without its windows on one folder and keychain: each settles what the last one left behind, is
 * compared with the gateway, buys, and is killed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fault } from '../../src/contract/http/messages.ts'
import type { Outcome } from '../../src/contract/ipc/outcome.ts'
import { cheapOffer } from '../support/offers.ts'
import { violationsIn } from './compare.ts'
import { type GatewayProcess, startGatewayProcess } from './gateway-process.ts'
import type { KillPlan } from './kill-plans.ts'
import { type Compared, killTimer, type LifeResult, type World } from './life.ts'
import type { Random } from './random.ts'
import { AppError, type CoreApp, type CoreReport, ProcessEnded, startCoreApp } from './start-core-app.ts'
import { approvalsIn, readSteps } from './step-file.ts'

const minuteMs = 60_000
const buysInALife = 2

/** Everything that a gateway and a network do to a purchase and to messages. */
export const coreFaults: readonly Fault['kind'][] = [
  'decline', 'error500', 'timeoutBeforeCharge', 'timeoutAfterCharge', 'duplicateDelivery', 'slow', 'priceChangeAfterQuote',
  'receiptWrongSignature', 'messagesLost', 'messagesRepeated', 'messagesReversed',
]

export interface CoreWorldOptions {
  /** The keychain's. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly random: Random
  /** Half of the purchases meet one of these, where there are any. */
  readonly faults: readonly Fault['kind'][]
}

export function createCoreWorld({ env, random, faults }: CoreWorldOptions): World {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuppence-crash-'))
  const approved = new Set<string>()
  const toldPaid = new Set<string>()
  let gateway: GatewayProcess | null = null
  let aheadMs = 0
  /** Whether it is going to kill itself at some step. */
  let isArmed = false
  let lives = 0
  /** How long the newest lives took, in milliseconds: a random moment lies within. */
  let usualMs = { start: 2_000, buying: 1_000 }

  async function startGateway(plan: KillPlan | null, stepFile: string): Promise<GatewayProcess> {
    const isItsEnd = plan?.at === 'step' && plan.whose === 'gateway'
    if (gateway && !gateway.isOver() && !isArmed && !isItsEnd && plan) return gateway
    await gateway?.kill()
    isArmed = isItsEnd
    const folder = join(dataDir, 'gateway')
    const steps = { file: stepFile, ...(isItsEnd && { dieAt: { name: plan.name, nth: plan.nth } }) }
    // Killed while it starts, it is started again, as the app does.
    gateway = await startGatewayProcess(folder, aheadMs, steps).catch(() => startGatewayProcess(folder, aheadMs))
    return gateway
  }

  async function letTimePass(app: CoreApp, to: GatewayProcess, ms: number): Promise<void> {
    aheadMs += ms
    to.advanceClock(ms)
    await app.tell({ do: 'advance', ms })
  }

  /** Only when the quote has ended does a request that was never received count as such. */
  async function settle(app: CoreApp, with_: GatewayProcess): Promise<number> {
    await with_.setFaults()
    await app.tell({ do: 'tend' })
    let stillOpen = await app.tell<number>({ do: 'settle' })
    for (let tries = 0; stillOpen > 0 && tries < 3; tries += 1) {
      await letTimePass(app, with_, 11 * minuteMs)
      stillOpen = await app.tell<number>({ do: 'settle' })
    }
    return stillOpen
  }

  async function compare(app: CoreApp, with_: GatewayProcess): Promise<Compared> {
    const stillOpen = await settle(app, with_)
    const report = await app.tell<CoreReport>({ do: 'report' })
    const charges = await with_.charges()
    const violations = violationsIn({ ...report, stillOpen, charges, approved, toldPaid })
    return { violations, counts: { approvals: report.rows.length, charges: charges.length } }
  }

  async function buy(app: CoreApp, from: GatewayProcess): Promise<void> {
    for (let bought = 0; bought < buysInALife; bought += 1) {
      if (faults.length > 0 && random.below(2) === 0) await from.setFaults({ kind: random.pick(faults), delayMs: 50 + random.below(200) })
      const outcome = await app.tell<Outcome>({ do: 'buy', offerId: cheapOffer.id })
      if (outcome.kind === 'succeeded') toldPaid.add(outcome.purchaseId)
      if (outcome.kind === 'succeeded' && random.below(3) === 0) await from.refund(outcome.purchaseId)
    }
    await letTimePass(app, from, 6 * minuteMs)
    await app.tell({ do: 'tend' })
  }

  async function live(plan: KillPlan | null): Promise<LifeResult> {
    lives += 1
    const files = { app: join(dataDir, `steps-${lives}`), gateway: join(dataDir, `gateway-steps-${lives}`) }
    const its = await startGateway(plan, files.gateway)
    const dieAt = plan?.at === 'step' && plan.whose === 'app' ? { ...plan, ...(plan.withGateway && { killToo: its.pid }) } : null
    const app = startCoreApp({ env, plan: { file: files.app, ...(dieAt && { dieAt }) } })
    const timer = killTimer(plan, usualMs, async () => {
      if (plan?.withGateway) await its.kill()
      await app.kill()
    })
    let compared: Compared = { violations: null, counts: null }
    const startedAt = performance.now()
    try {
      timer.start('start')
      await app.tell({ do: 'open', dataDir, gateway: its.config, clockAheadMs: aheadMs })
      compared = await compare(app, its)
      const buyingAt = performance.now()
      timer.start('buying')
      await buy(app, its)
      usualMs = { start: performance.now() - startedAt, buying: performance.now() - buyingAt }
      await app.tell({ do: 'close' })
    } catch (error) {
      // A dead app answers nothing, and a dead gateway neither; anything else is a bug.
      if (error instanceof AppError || !(error instanceof ProcessEnded || endsGateway(plan))) throw error
    }
    const isAtMoment = await timer.stop()
    const isAtStep = plan?.at === 'step' && (plan.whose === 'gateway' ? !(await its.isAlive()) : app.isOver())
    await app.kill()
    if (isAtStep && endsGateway(plan)) await its.kill()
    const steps = readSteps(files.app)
    for (const id of approvalsIn(steps)) approved.add(id)
    return { ...compared, isKilled: isAtMoment || isAtStep, steps: { app: steps, gateway: readSteps(files.gateway) } }
  }

  return {
    live,
    async dispose() {
      await gateway?.kill()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function endsGateway(plan: KillPlan | null): boolean {
  return plan !== null && (plan.withGateway || (plan.at === 'step' && plan.whose === 'gateway'))
}
