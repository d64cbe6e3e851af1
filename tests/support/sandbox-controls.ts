/** The testers' controls of a sandbox build: its clock, its gateway and the faults that the gateway shows. */
import type { ElectronApplication } from '@playwright/test'
import { Agent, buildConnector, request } from 'undici'
import type { Charge, Fault } from '../../src/contract/http/messages.ts'

export interface SandboxControls {
  /** Replaces the faults that the gateway will show. */
  setFaults(...faults: Fault[]): Promise<void>
  /** Every charge the gateway has made in this data folder, oldest first. */
  charges(): Promise<Charge[]>
  stopGateway(): Promise<void>
  /** Lets time pass. */
  advanceClock(ms: number): Promise<void>
  /** Sets the computer's clock to another time. */
  jumpClock(ms: number): Promise<void>
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
    stopGateway: () => electron.evaluate(() => globalThis.tuppenceSandbox!.stopGateway()),
    advanceClock: (ms) => electron.evaluate((_, by) => globalThis.tuppenceSandbox!.clock.advance(by), ms),
    jumpClock: (ms) => electron.evaluate((_, by) => globalThis.tuppenceSandbox!.clock.jump(by), ms),
  }
}
