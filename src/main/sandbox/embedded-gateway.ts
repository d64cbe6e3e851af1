/** Sandbox builds only: the reference gateway as a process of its own, started with the app and gone with it. */
import { join } from 'node:path'
import { type UtilityProcess, utilityProcess } from 'electron'
import * as v from 'valibot'
import { type GatewayConfig, GatewayConfigSchema } from '../adapters/gateway/gateway-config.ts'

/** Made when it is needed: at the top of a module a bundler may keep it in a build that has no sandbox. */
const readyMessageSchema = () => v.variant('type', [
  v.object({
    type: v.literal('ready'),
    url: v.string(),
    publicUrl: v.string(),
    pin: v.string(),
    signingKey: GatewayConfigSchema.entries.signingKey,
    controlToken: v.string(),
  }),
  v.object({ type: v.literal('failed'), message: v.string() }),
])

export interface EmbeddedGateway {
  /**
   * How to reach and know the one that runs. One that has died is started again, unless it was stopped. Rejects when it
   * could not start.
   */
  readonly config: Promise<GatewayConfig>
  /** For testers: lets faults be set. */
  readonly controlToken: Promise<string>
  /** For testers: the process to kill. Undefined while none runs. */
  pid(): number | undefined
  /** Lets the gateway's clock run ahead with the app's. */
  advanceClock(ms: number): void
  /** For good. */
  stop(): Promise<void>
}

export function startEmbeddedGateway(dataDir: string): EmbeddedGateway {
  let aheadMs = 0
  let isStopped = false
  let run = fork(dataDir)

  /** Asked for when somebody wants to connect: nothing is started over and over that nobody needs. */
  function running(): Run {
    if (!run.isOver() || isStopped) return run
    run = fork(dataDir)
    if (aheadMs > 0) run.child.postMessage({ type: 'advanceClock', ms: aheadMs })
    return run
  }
  return {
    get config() {
      return running().ready.then(({ url, publicUrl, pin, signingKey }) => v.parse(GatewayConfigSchema, { url, publicUrl, pins: [pin], signingKey }))
    },
    get controlToken() {
      return running().ready.then(({ controlToken }) => controlToken)
    },
    pid: () => run.child.pid,
    advanceClock(ms) {
      aheadMs += ms
      run.child.postMessage({ type: 'advanceClock', ms })
    },
    async stop() {
      isStopped = true
      run.child.postMessage({ type: 'stop' })
      await run.exited
    },
  }
}

/** One life of the process. */
interface Run {
  readonly child: UtilityProcess
  readonly ready: Promise<Ready>
  readonly exited: Promise<void>
  isOver(): boolean
}

function fork(dataDir: string): Run {
  const child = utilityProcess.fork(join(import.meta.dirname, 'gateway.cjs'), ['--data', join(dataDir, 'gateway'), '--pages', join(import.meta.dirname, '../../../resources/account-pages')], {
    serviceName: 'Tuppence sandbox gateway',
  })
  let isOver = false
  const exited = new Promise<void>((resolve) =>
    child.once('exit', () => {
      isOver = true
      resolve()
    }),
  )
  const ready = whenReady(child, exited)
  // One that could not start may live on, but is of no use. Whoever asks for its config hears why.
  ready.catch(() => child.kill())
  return { child, ready, exited, isOver: () => isOver }
}

type Ready = Extract<v.InferOutput<ReturnType<typeof readyMessageSchema>>, { type: 'ready' }>

async function whenReady(child: UtilityProcess, exited: Promise<void>): Promise<Ready> {
  const message = new Promise<unknown>((resolve) => child.once('message', resolve))
  const first = await Promise.race([message, exited.then(() => ({ type: 'failed', message: 'it ended at once' }))])
  const answer = v.parse(readyMessageSchema(), first)
  if (answer.type === 'failed') throw new Error(`the sandbox gateway did not start: ${answer.message}`)
  return answer
}
