/**
 * Many lives of the app as it is built, with its windows: each settles what the last one left behind, is compared with the
 * gateway and with what the history shows, buys as a person does, and is killed.
 */
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LedgerCare } from '../../src/contract/ipc/ledger.ts'
import type { PurchaseRow } from '../../src/contract/ipc/launcher.ts'
import type { Fault } from '../../src/contract/http/messages.ts'
import type { Locator } from '@playwright/test'
import { launchTuppence, type Tuppence } from '../support/launch.ts'
import { historyPage } from '../support/pages/history-page.ts'
import { cheapOffer } from '../support/offers.ts'
import { type Violation, violationsIn } from './compare.ts'
import type { KillPlan } from './kill-plans.ts'
import { type Compared, killTimer, type LifeResult, type World } from './life.ts'
import type { Random } from './random.ts'
import { stepsHook } from './start-core-app.ts'
import { approvalsIn, readSteps } from './step-file.ts'

export interface AppWorldOptions {
  /** The keychain's and the display's. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly random: Random
  /** Half of the purchases meet one of these, where there are any. */
  readonly faults: readonly Fault['kind'][]
}

const out = fileURLToPath(new URL('../../out', import.meta.url))
const minuteMs = 60_000

/** What can happen to a purchase within the patience of a person. */
export const appFaults: readonly Fault['kind'][] = ['decline', 'error500', 'timeoutAfterCharge', 'duplicateDelivery', 'slow', 'receiptWrongSignature']

export function createAppWorld({ env, random, faults }: AppWorldOptions): World {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuppence-crash-'))
  // A build that is renewed in the middle of it all must not be half of what is killed.
  const build = mkdtempSync(join(out, 'crash-'))
  cpSync(join(out, 'sandbox'), build, { recursive: true })
  const approved = new Set<string>()
  const toldPaid = new Set<string>()
  let usualMs = { start: 8_000, buying: 4_000 }
  let lives = 0

  /** With what the person was told. */
  async function buy(app: Tuppence): Promise<void> {
    const { launcher, confirm, sandbox } = app
    if (faults.length > 0 && random.below(2) === 0) await sandbox.setFaults({ kind: random.pick(faults), delayMs: 50 + random.below(200) })
    await launcher.openStore()
    await launcher.buy(cheapOffer.title)
    const window = await confirm()
    await window.approve()
    await launcher.notice.filter({ hasText: /Paid|Nothing was charged|do not know/ }).waitFor()
    const { rows } = await ask<{ rows: PurchaseRow[] }>(app, 'purchase.latest')
    const isToldPaid = (await launcher.notice.innerText()).startsWith('Paid')
    if (isToldPaid && rows[0]) toldPaid.add(rows[0].purchaseId)
  }

  async function live(plan: KillPlan | null): Promise<LifeResult> {
    lives += 1
    const file = join(dataDir, `steps-${lives}`)
    const dieAt = plan?.at === 'step' ? { ...plan, ...(plan.withGateway && { killToo: 'sandboxGateway' }) } : null
    const steps = { STEPS: JSON.stringify({ file, ...(dieAt && { dieAt }) }) }
    let compared: Compared = { violations: null, counts: null }
    let app: Tuppence | null = null
    const timer = killTimer(plan, usualMs, async () => killFromOutside(app, plan?.withGateway ?? false))
    const startedAt = performance.now()
    try {
      app = await launchTuppence({ dataDir, env: { ...env, ...steps }, preload: stepsHook, main: join(build, 'main/index.cjs') })
      timer.start('start')
      compared = await compare(app, { approved, toldPaid })
      const buyingAt = performance.now()
      timer.start('buying')
      await buy(app)
      await settle(app)
      usualMs = { start: performance.now() - startedAt, buying: performance.now() - buyingAt }
    } catch (error) {
      // Whoever drives an app that dies is told so in many ways.
      if (plan === null) throw error
    }
    const isAtMoment = await timer.stop()
    const isAtStep = plan?.at === 'step' && readSteps(file).filter(({ name }) => name === plan.name).length >= plan.nth
    await app?.close().catch(() => null)
    const seen = readSteps(file)
    for (const id of approvalsIn(seen)) approved.add(id)
    return { ...compared, isKilled: isAtMoment || isAtStep, steps: { app: seen, gateway: [] } }
  }

  return {
    live,
    async dispose() {
      rmSync(dataDir, { recursive: true, force: true })
      rmSync(build, { recursive: true, force: true })
    },
  }
}

interface Known {
  readonly approved: ReadonlySet<string>
  readonly toldPaid: ReadonlySet<string>
}

/** What the launcher's page is told when it asks, as its screens do. */
function ask<T>({ launcher }: Tuppence, call: string): Promise<T> {
  return launcher.page.evaluate(`window.tuppence.${call}()`)
}

async function compare(app: Tuppence, known: Known): Promise<Compared> {
  await ask(app, 'app.status')
  await app.sandbox.setFaults()
  const stillOpen = await settle(app)
  const { verification } = await ask<LedgerCare>(app, 'ledger.verify')
  const compared = await ask<{ differences?: readonly unknown[] }>(app, 'ledger.reconcile')
  const { ledger } = await ask<{ ledger: string }>(app, 'app.status')
  const { rows } = await ask<{ rows: PurchaseRow[] }>(app, 'purchase.latest')
  const charges = await app.sandbox.charges()
  const differences = compared.differences?.length ?? null
  const violations = [
    ...violationsIn({ ledger, rows, verification: verification.kind, differences, stillOpen, charges, ...known }),
    ...(await hiddenFrom(app, rows)),
  ]
  return { violations, counts: { approvals: rows.length, charges: charges.length } }
}

/** Only when the quote has ended does a request that was never received count as such. */
async function settle(app: Tuppence): Promise<number> {
  const open = async () => (await ask<{ stillOpen: number }>(app, 'purchase.settle')).stillOpen
  let stillOpen = await open()
  for (let tries = 0; stillOpen > 0 && tries < 3; tries += 1) {
    await app.sandbox.advanceClock(11 * minuteMs)
    stillOpen = await open()
  }
  return stillOpen
}

const words: Readonly<Record<PurchaseRow['state'], string>> = {
  approved: 'Being checked',
  unknown: 'Being checked',
  succeeded: 'Paid',
  partlyRefunded: 'Partly refunded',
  refunded: 'Refunded',
  chargedBack: 'Charged back',
  declined: 'Declined',
  voided: 'Not charged',
}

/** Every purchase is on the history's screen, with a line in the words for its state. */
async function hiddenFrom({ launcher }: Tuppence, rows: readonly PurchaseRow[]): Promise<Violation[]> {
  await launcher.openHistory()
  if (rows.length > 0 && !(await isShown(launcher.historyRows.first()))) return [{ kind: 'hidden', what: 'no line is shown' }]
  const shown = await historyPage(launcher.page).everyLine()
  return rows
    .filter(({ purchaseId, state }) => !shown.some(({ href, text }) => href.endsWith(`/${purchaseId}`) && text.includes(words[state])))
    .map(({ purchaseId, state }) => ({ kind: 'hidden', what: `${purchaseId} is not shown as ${state}` }))
}

function isShown(row: Locator): Promise<boolean> {
  return row.waitFor().then(() => true, () => false)
}

/** The main process alone, as when it runs out of memory, or everything at once, as when the power fails. */
async function killFromOutside(app: Tuppence | null, everything: boolean): Promise<void> {
  const main = app?.electron.process()
  if (!main?.pid || main.exitCode !== null || main.signalCode !== null) return
  const ended = once(main, 'exit')
  for (const pid of everything ? [main.pid, ...descendantsOf(main.pid)] : [main.pid]) kill(pid)
  await ended
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went with one of the others.
  }
}

/** As Linux tells it in /proc; elsewhere nobody is known. */
function descendantsOf(pid: number): number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), parentOf(name)] as const)
  const children = (of: number): number[] => parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...children(child)])
  return children(pid)
}

function parentOf(pid: string): number {
  try {
    // The name, in brackets, may hold anything; state and parent follow it (proc_pid_stat(5)).
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \S /s, '').split(' ')[0])
  } catch {
    return 0
  }
}
