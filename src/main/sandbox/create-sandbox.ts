import { createSystemClock } from '../adapters/system/system-clock.ts'
import { type ControllableClock, createControllableClock } from './controllable-clock.ts'
import { type EmbeddedGateway, startEmbeddedGateway } from './embedded-gateway.ts'
import { exposeTestControls } from './test-controls.ts'

/** Everything that a sandbox build has and a production build has not: its own gateway, and a tester's controls. */
export function createSandbox(dataDir: string): { clock: ControllableClock; gateway: EmbeddedGateway } {
  const clock = createControllableClock(createSystemClock())
  const gateway = startEmbeddedGateway(dataDir)
  exposeTestControls(clock, gateway)
  return { clock, gateway }
}
