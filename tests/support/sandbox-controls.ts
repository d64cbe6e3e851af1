/** The testers' controls of a sandbox build: its clock, its gateway and the faults that the gateway shows. */
import type { ElectronApplication } from '@playwright/test'
import { Agent, buildConnector, request } from 'undici'
import type { Charge, Fault } from '../../src/contract/http/messages.ts'
import type { OutboxMessage } from '../../src/contract/http/sandbox-routes.ts'

export interface SandboxControls {
  /** Replaces the faults that the gateway will show. */
  setFaults(...faults: Fault[]): Promise<void>
  /** Every charge the gateway has made in this data folder, oldest first. */
  charges(): Promise<Charge[]>
  /** Gives back `amount` in minor units of a charge, or all that is left of it. */
  refund(idempotencyKey: string, amount?: string): Promise<void>
  chargeBack(idempotencyKey: string): Promise<void>
  reverseChargeback(idempotencyKey: string): Promise<void>
  /** Decides the dispute about a charge that is open. */
  decideDispute(idempotencyKey: string, outcome: 'refunded' | 'refused'): Promise<void>
  /** What the gateway has sent by mail and text message, oldest first. */
  outbox(): Promise<OutboxMessage[]>
  /** Where the gateway is. */
  url(): Promise<string>
  stopGateway(): Promise<void>
  /** The app's time, in milliseconds since the epoch. */
  now(): Promise<number>
  /** Lets time pass. */
  advanceClock(ms: number): Promise<void>
  /** Sets the computer's clock to another time. */
  jumpClock(ms: number): Promise<void>
  /**
   * Makes the time since start stand still in the main process: from now on it passes by `advanceClock` only, however long
   * this machine takes for the next steps of a test. What waits for a timer does not notice.
   */
  holdClock(): Promise<void>
  releaseClock(): Promise<void>
}

export function sandboxControls(electron: ElectronApplication): SandboxControls {
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> => {
    const { url, controlToken } = await electron.evaluate(() => globalThis.tuppenceSandbox!.gateway())
    // The tester reached the address and the token through the app itself; only the loopback certificate is unknown here.
    const dispatcher = new Agent({ connect: buildConnector({ rejectUnauthorized: false }) })
    const response = await request(`${url}${path}`, {
      dispatcher,
      method,
      headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const answer = await response.body.json()
    await dispatcher.close()
    if (response.statusCode !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
    return answer
  }
  return {
    setFaults: async (...faults) => void (await call('POST', '/sandbox/faults', { faults })),
    charges: async () => ((await call('GET', '/sandbox/charges')) as { charges: Charge[] }).charges,
    refund: async (idempotencyKey, amount) =>
      void (await call('POST', '/sandbox/refunds', { idempotencyKey, ...(amount !== undefined && { amount }) })),
    chargeBack: async (idempotencyKey) => void (await call('POST', '/sandbox/chargebacks', { idempotencyKey })),
    reverseChargeback: async (idempotencyKey) =>
      void (await call('POST', '/sandbox/chargebacks/reversals', { idempotencyKey })),
    decideDispute: async (idempotencyKey, outcome) =>
      void (await call('POST', '/sandbox/disputes/decisions', { idempotencyKey, outcome })),
    outbox: async () => ((await call('GET', '/sandbox/outbox')) as { messages: OutboxMessage[] }).messages,
    url: async () => (await electron.evaluate(() => globalThis.tuppenceSandbox!.gateway())).url,
    stopGateway: () => electron.evaluate(() => globalThis.tuppenceSandbox!.stopGateway()),
    now: () => electron.evaluate(() => globalThis.tuppenceSandbox!.clock.now()),
    advanceClock: (ms) => electron.evaluate((_, by) => globalThis.tuppenceSandbox!.clock.advance(by), ms),
    holdClock: () =>
      electron.evaluate(() => {
        const heldMs = performance.now()
        performance.now = () => heldMs
      }),
    releaseClock: () => electron.evaluate(() => void Reflect.deleteProperty(performance, 'now')),
    jumpClock: (ms) => electron.evaluate((_, by) => globalThis.tuppenceSandbox!.clock.jump(by), ms),
  }
}
