/** The sandbox's gateway as the process that it is inside the app, on one folder through all of its lives. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Charge, Fault } from '../../src/contract/http/messages.ts'
import type { UtilityMessage } from '../../src/gateway/utility.ts'
import type { GatewayConfig } from '../../src/main/adapters/gateway/gateway-config.ts'
import { createGatewayClient, type GatewayClient } from '../support/gateway-client.ts'
import { type StepPlan, stepsHook } from './start-core-app.ts'

const utility = fileURLToPath(new URL('../../src/gateway/utility.ts', import.meta.url))
const parentPort = fileURLToPath(new URL('../support/parent-port.mjs', import.meta.url))

export interface GatewayProcess {
  readonly config: GatewayConfig
  readonly pid: number
  isOver(): boolean
  /** Asks it, because the end of a process is heard of a little later. */
  isAlive(): Promise<boolean>
  charges(): Promise<Charge[]>
  /** Replaces the faults that it will show. */
  setFaults(...faults: Fault[]): Promise<void>
  refund(idempotencyKey: string): Promise<void>
  advanceClock(ms: number): void
  /** Resolves when it has ended, by this or before. */
  kill(): Promise<void>
}

export async function startGatewayProcess(dataDir: string, clockAheadMs: number, plan?: StepPlan): Promise<GatewayProcess> {
  const child = fork(utility, ['--data', dataDir, '--requests-per-minute', '1000000'], {
    execArgv: [...(plan ? ['-r', stepsHook] : []), '--import', parentPort],
    env: { ...process.env, ...(plan && { STEPS: JSON.stringify(plan) }) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const message = await firstMessage(child, ended)
  if (message.type === 'failed') throw new Error(message.message)
  child.send({ type: 'advanceClock', ms: clockAheadMs })
  const { url, pin, signingKey } = message
  const client = createGatewayClient(message)
  return {
    config: { url, pins: [pin], signingKey },
    pid: child.pid!,
    isOver: () => child.exitCode !== null || child.signalCode !== null,
    isAlive: () => client.charges().then(() => true, () => false),
    charges: client.charges,
    setFaults: client.setFaults,
    refund: (idempotencyKey) => refund(client, message.controlToken, idempotencyKey),
    // One that is gone has no clock.
    advanceClock: (ms) => void child.send({ type: 'advanceClock', ms }, () => {}),
    async kill() {
      child.kill('SIGKILL')
      await ended
      await client.close()
    },
  }
}

/** One that is killed before it could say anything has failed, too. */
async function firstMessage(child: ChildProcess, ended: Promise<unknown>): Promise<UtilityMessage> {
  const first = once(child, 'message').then(([message]) => message as UtilityMessage)
  return Promise.race([first, ended.then((): UtilityMessage => ({ type: 'failed', message: 'the gateway ended at once' }))])
}

async function refund(client: GatewayClient, controlToken: string | null, idempotencyKey: string): Promise<void> {
  const answer = await client.send('/sandbox/refunds', {
    method: 'POST',
    headers: { authorization: `Bearer ${controlToken}` },
    body: { idempotencyKey },
  })
  if (answer.status !== 200) throw new Error(`refund refused: ${JSON.stringify(answer.body)}`)
}
