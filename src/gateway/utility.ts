/**
 * The gateway inside the app, as an Electron utility process. To the parent it says `ready` or `failed`, once; it stops
 * on `stop`, and when the parent is gone, because a gateway that nobody owns would hold its database for ever.
 */
import * as v from 'valibot'
import { readArguments } from './arguments.ts'
import type { Gateway } from './create-gateway.ts'
import { start } from './start.ts'

export type UtilityMessage =
  | ({ readonly type: 'ready' } & Pick<Gateway, 'url' | 'publicUrl' | 'pin' | 'signingKey' | 'controlToken'>)
  | { readonly type: 'failed'; readonly message: string }

/** `advanceClock` lets time pass for the gateway as well when a tester lets it pass for the app; milliseconds. */
const UtilityCommandSchema = v.variant('type', [
  v.strictObject({ type: v.literal('stop') }),
  v.strictObject({ type: v.literal('advanceClock'), ms: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
])
export type UtilityCommand = v.InferOutput<typeof UtilityCommandSchema>

/** The part of Electron's ParentPort that is used here; Electron's own types would bring the browser's with them. */
interface ParentPort {
  readonly postMessage: (message: UtilityMessage) => void
  readonly on: (event: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void) => unknown
}

const parentCheckIntervalMs = 1000
const stopGraceMs = 3000

async function main(parent: ParentPort): Promise<void> {
  let gateway: Gateway | undefined
  let stopping = false
  let clockAheadMs = 0

  async function stop(): Promise<void> {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), stopGraceMs).unref()
    await gateway?.close()
    process.exit(0)
  }
  whenParentLeaves(parent, () => void stop())
  parent.on('message', ({ data }) => {
    const command = v.parse(UtilityCommandSchema, data)
    if (command.type === 'stop') void stop()
    else clockAheadMs += command.ms
  })

  try {
    const args = readArguments(process.argv.slice(2))
    if (!args) throw new Error('--help is for the command line')
    gateway = await start(args, () => Date.now() + clockAheadMs)
    if (stopping) return await gateway.close()
    const { url, publicUrl, pin, signingKey, controlToken } = gateway
    parent.postMessage({ type: 'ready', url, publicUrl, pin, signingKey, controlToken })
  } catch (error) {
    parent.postMessage({ type: 'failed', message: (error as Error).message })
  }
}

/** Electron closes the port, a plain fork disconnects, and a parent that was killed does neither. */
function whenParentLeaves(parent: ParentPort, leave: () => void): void {
  parent.on('close', leave)
  process.once('disconnect', leave)
  const { ppid } = process
  setInterval(() => {
    if (process.ppid !== ppid) leave()
  }, parentCheckIntervalMs).unref()
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort }
if (!parentPort) throw new Error('utility.ts runs as an Electron utility process; cli.ts is for the command line')
void main(parentPort)
