/** Starts the app without its windows as a process of its own, and lets it be told what to do. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { PurchaseRow } from '../../src/contract/ipc/launcher.ts'
import type { GatewayConfig } from '../../src/main/adapters/gateway/gateway-config.ts'

export type CoreCommand =
  | { readonly do: 'open'; readonly dataDir: string; readonly gateway: GatewayConfig; readonly clockAheadMs: number }
  /** Tries again to open what another process had open. */
  | { readonly do: 'reopen' }
  | { readonly do: 'buy'; readonly offerId: string }
  | { readonly do: 'buyAtOnce'; readonly offerId: string; readonly count: number }
  | { readonly do: 'tend' | 'settle' | 'report' | 'close' }
  | { readonly do: 'advance'; readonly ms: number }

/** What the app knows about itself. */
export interface CoreReport {
  readonly ledger: string
  readonly rows: readonly PurchaseRow[]
  readonly verification: string
  /** Between the ledger and the gateway's list; null where they could not be compared. */
  readonly differences: number | null
  /** What the app was told of as something that can only be a bug. */
  readonly unexpected: readonly string[]
}

/** What `steps.cjs` is told; see there. */
export interface StepPlan {
  readonly file: string
  readonly dieAt?: { readonly name: string; readonly nth: number; readonly killToo?: number | 'sandboxGateway' }
}

/** The process has ended and will not answer. */
export class ProcessEnded extends Error {}

export class AppError extends Error {}

export interface CoreApp {
  readonly pid: number
  isOver(): boolean
  /** Rejects with ProcessEnded once it has ended, and with AppError for what it threw, which can only be a bug. */
  tell<T = unknown>(command: CoreCommand): Promise<T>
  /** Lets it end by itself; resolves when it has. */
  end(): Promise<void>
  kill(): Promise<void>
}

export const stepsHook = fileURLToPath(new URL('./steps.cjs', import.meta.url))
const coreApp = fileURLToPath(new URL('./core-app.ts', import.meta.url))

export interface CoreAppOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly plan?: StepPlan
  /** A module that is loaded before anything else. */
  readonly preload?: string
  /** A command line that runs the app's own, such as a tracer's. */
  readonly under?: readonly string[]
}

export function startCoreApp({ env, plan, preload, under = [] }: CoreAppOptions): CoreApp {
  const preloaded = [...(plan ? [stepsHook] : []), ...(preload === undefined ? [] : [preload])]
  const command = [...under, process.execPath, ...preloaded.flatMap((module) => ['-r', module]), coreApp]
  const child = spawn(command[0]!, command.slice(1), {
    env: { ...process.env, ...env, ...(plan && { STEPS: JSON.stringify(plan) }) },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers: PromiseWithResolvers<unknown>[] = []
  let isOver = false
  const ended = endOf(child).then(() => {
    isOver = true
    for (const answer of answers.splice(0)) answer.reject(new ProcessEnded())
  })
  // One that dies while it is being told something closes its end.
  child.stdin.on('error', () => {})
  createInterface(child.stdout).on('line', (line) => {
    const said = JSON.parse(line) as { result?: unknown; error?: string }
    const answer = answers.shift()
    if (said.error === undefined) answer?.resolve(said.result)
    else answer?.reject(new AppError(said.error))
  })
  return {
    pid: child.pid ?? 0,
    isOver: () => isOver,
    tell<T>(command: CoreCommand) {
      if (isOver) return Promise.reject(new ProcessEnded())
      const answer = Promise.withResolvers<unknown>()
      answers.push(answer)
      child.stdin.write(`${JSON.stringify(command)}\n`)
      return answer.promise as Promise<T>
    },
    end() {
      child.stdin.end()
      return ended
    },
    async kill() {
      if (!isOver) child.kill('SIGKILL')
      await ended
    },
  }
}

/** Ended, and all that it said has been read. */
function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
}
