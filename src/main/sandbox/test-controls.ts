/** Sandbox builds only: what a tester reaches in the main process as `globalThis.tuppenceSandbox`. */
import type { GatewayConfig } from '../adapters/gateway/gateway-config.ts'
import type { ControllableClock } from './controllable-clock.ts'
import type { EmbeddedGateway } from './embedded-gateway.ts'

export interface TestControls {
  /** `advance` lets time pass for the app and the gateway; `jump` sets only the computer's clock. */
  readonly clock: Pick<ControllableClock, 'advance' | 'jump' | 'now'>
  /** Where the sandbox gateway listens, its keys, and the token that lets its faults be set and its charges be listed. */
  gateway(): Promise<GatewayConfig & { controlToken: string }>
  /** The gateway's process, to be killed; undefined while none runs. The next try to reach it starts another. */
  gatewayPid(): number | undefined
  /** Stops the gateway for the rest of this run, as a network failure would. */
  stopGateway(): Promise<void>
}

declare global {
  var tuppenceSandbox: TestControls | undefined
}

export function exposeTestControls(clock: ControllableClock, gateway: EmbeddedGateway): void {
  globalThis.tuppenceSandbox = {
    clock: {
      advance(ms) {
        // The gateway first: what the app then does at once may ask it for its time.
        gateway.advanceClock(ms)
        clock.advance(ms)
      },
      jump: clock.jump,
      now: clock.now,
    },
    async gateway() {
      return { ...(await gateway.config), controlToken: await gateway.controlToken }
    },
    gatewayPid: () => gateway.pid(),
    stopGateway: () => gateway.stop(),
  }
}
