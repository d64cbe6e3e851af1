/** Many purchases at once in one process, and two processes on one folder. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '../../src/contract/ipc/outcome.ts'
import { cheapOffer } from '../support/offers.ts'
import { type Settled, type Violation, violationsIn } from './compare.ts'
import { type GatewayProcess, startGatewayProcess } from './gateway-process.ts'
import { type CoreApp, type CoreReport, startCoreApp } from './start-core-app.ts'

type Env = Readonly<Record<string, string | undefined>>

export interface AtOnceFigures {
  readonly approvals: number
  readonly charges: number
  readonly violations: readonly Violation[]
}

/** `count` people's yes at the same moment, in one app: each is charged exactly once. */
export async function buyAtOnce(env: Env, count: number): Promise<AtOnceFigures> {
  return inPlace(async ({ dataDir, gateway }) => {
    const app = startCoreApp({ env })
    try {
      await app.tell({ do: 'open', dataDir, gateway: gateway.config, clockAheadMs: 0 })
      const outcomes = await app.tell<Outcome[]>({ do: 'buyAtOnce', offerId: cheapOffer.id, count })
      const { violations, ...counts } = await compare(app, gateway, outcomes)
      const notPaid = outcomes.filter(({ kind }) => kind !== 'succeeded').map(({ kind }) => ({ kind: 'lost' as const, what: `one ended as ${kind}` }))
      return { ...counts, violations: [...violations, ...notPaid] }
    } finally {
      await app.kill()
    }
  })
}

export interface FolderFigures {
  readonly rounds: number
  /** Rounds in which exactly one of the two had the folder, and the other was told that it is in use. */
  readonly exactlyOne: number
  /** Rounds in which the one that had it was killed, and the other could take it then. */
  readonly takenOver: number
  readonly violations: readonly Violation[]
}

/** Two apps start on one folder at the same moment, again and again. Every second time the one that has it is killed. */
export async function shareAFolder(env: Env, rounds: number): Promise<FolderFigures> {
  return inPlace(async ({ dataDir, gateway }) => {
    let exactlyOne = 0
    let takenOver = 0
    const violations: Violation[] = []
    const apps = [startCoreApp({ env }), startCoreApp({ env })]
    try {
      for (let round = 0; round < rounds; round += 1) {
        const open = { do: 'open', dataDir, gateway: gateway.config, clockAheadMs: 0 } as const
        const states = await Promise.all(apps.map((app) => app.tell<string>(open)))
        const winner = states.indexOf('ready')
        if (states.toSorted().join() === 'inUse,ready') exactlyOne += 1
        else violations.push({ kind: 'tampered', what: `round ${round + 1}: the folder was ${states.join(' and ')}` })
        const [having, waiting] = winner === 1 ? [apps[1]!, apps[0]!] : [apps[0]!, apps[1]!]
        const outcomes = await Promise.all([having, waiting].map((app) => app.tell<Outcome>({ do: 'buy', offerId: cheapOffer.id })))
        const compared = await compare(having, gateway, outcomes)
        violations.push(...compared.violations, ...unlessOne(compared.charges, round))
        if (round % 2 === 1) {
          await having.kill()
          takenOver += (await waiting.tell({ do: 'reopen' })) === 'ready' ? 1 : 0
          apps[apps.indexOf(having)] = startCoreApp({ env })
        }
        for (const app of apps) await app.tell({ do: 'close' }).catch(() => null)
      }
    } finally {
      await Promise.all(apps.map((app) => app.kill()))
    }
    return { rounds, exactlyOne, takenOver, violations }
  })
}

/** In each round one purchase is made: by the app that has the folder, and never by the other. */
function unlessOne(charges: number, round: number): Violation[] {
  return charges === round + 1 ? [] : [{ kind: 'doubled', what: `after round ${round + 1} there are ${charges} charges` }]
}

interface Place {
  readonly dataDir: string
  readonly gateway: GatewayProcess
}

async function inPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuppence-at-once-'))
  const gateway = await startGatewayProcess(join(dataDir, 'gateway'), 0)
  try {
    return await work({ dataDir, gateway })
  } finally {
    await gateway.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function compare(app: CoreApp, gateway: GatewayProcess, outcomes: readonly Outcome[]): Promise<AtOnceFigures> {
  const stillOpen = await app.tell<number>({ do: 'settle' })
  const report = await app.tell<CoreReport>({ do: 'report' })
  const charges = await gateway.charges()
  const toldPaid = new Set(outcomes.flatMap((outcome) => (outcome.kind === 'succeeded' ? [outcome.purchaseId] : [])))
  const settled: Settled = { ...report, stillOpen, charges, toldPaid, approved: toldPaid }
  return { approvals: report.rows.length, charges: charges.length, violations: violationsIn(settled) }
}
