import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createControllableClock } from '../../../src/main/sandbox/controllable-clock.ts'
import { exposeTestControls } from '../../../src/main/sandbox/test-controls.ts'
import { createFakeClock } from '../../support/fake-clock.ts'

const forked = vi.hoisted(() => [] as { file: string; args: string[]; child: unknown }[])

class FakeChild extends EventEmitter {
  readonly posted: unknown[] = []
  readonly pid = 4711 + forked.length
  wasKilled = false
  kill(): void {
    this.wasKilled = true
    this.emit('exit', 1)
  }
  postMessage(message: { readonly type: string }): void {
    this.posted.push(message)
    if (message.type === 'stop') this.emit('exit', 0)
  }
}

vi.mock('electron', () => ({
  utilityProcess: {
    fork(file: string, args: string[]) {
      const child = new FakeChild()
      forked.push({ file, args, child })
      return child
    },
  },
}))
const { startEmbeddedGateway } = await import('../../../src/main/sandbox/embedded-gateway.ts')

const ready = {
  type: 'ready',
  url: 'https://127.0.0.1:4433',
  publicUrl: 'https://localhost:4433',
  pin: `${'p'.repeat(43)}=`,
  signingKey: { kid: 'k'.repeat(43), x: 'x'.repeat(43) },
  controlToken: 'token',
}
const config = { url: ready.url, publicUrl: ready.publicUrl, pins: [ready.pin], signingKey: ready.signingKey }

function start() {
  const gateway = startEmbeddedGateway('/data')
  const child = forked.at(-1)?.child as FakeChild
  return { gateway, child }
}

beforeEach(() => {
  forked.length = 0
})
afterEach(() => {
  globalThis.tuppenceSandbox = undefined
})

describe("the tester's clock", () => {
  it('lets time pass on both clocks', () => {
    const real = createFakeClock()
    const clock = createControllableClock(real)
    const [wallMs, monotonicMs] = [clock.now(), clock.monotonicMs()]
    clock.advance(500)
    real.advance(20)
    expect([clock.now() - wallMs, clock.monotonicMs() - monotonicMs]).toEqual([520, 520])
  })

  it('sets the wall clock without any time passing, also back', () => {
    const clock = createControllableClock(createFakeClock())
    const [wallMs, monotonicMs] = [clock.now(), clock.monotonicMs()]
    clock.jump(-3_600_000)
    expect([clock.now() - wallMs, clock.monotonicMs() - monotonicMs]).toEqual([-3_600_000, 0])
  })

  it('never lets time pass backwards', () => {
    const clock = createControllableClock(createFakeClock())
    expect(() => clock.advance(-1)).toThrow(RangeError)
  })
})

describe('the gateway inside the app', () => {
  it('is a process of its own, with a folder of its own', () => {
    start()
    expect(forked[0]?.args).toEqual(['--data', '/data/gateway', '--pages', expect.stringMatching(/resources.account-pages$/)])
    expect(forked[0]?.file).toMatch(/gateway\.cjs$/)
  })

  it('tells how to reach and know it', async () => {
    const { gateway, child } = start()
    child.emit('message', ready)
    expect(await gateway.config).toEqual(config)
    expect(await gateway.controlToken).toBe('token')
  })

  it.each<[string, unknown, string]>([
    ['says why it could not start', { type: 'failed', message: 'the port is taken' }, 'the port is taken'],
    ['says something else', { type: 'hello' }, 'Invalid type'],
    ['gives an address that is not https', { ...ready, url: 'http://127.0.0.1:80' }, 'https'],
    ['gives a pin that is none', { ...ready, pin: 'none' }, 'Invalid format'],
  ])('is not used when it %s', async (_, message, words) => {
    const { gateway, child } = start()
    child.emit('message', message)
    await expect(gateway.config).rejects.toThrow(words)
  })

  it('is not waited for when it ended at once', async () => {
    const { gateway, child } = start()
    const asked = gateway.config
    child.emit('exit', 1)
    await expect(asked).rejects.toThrow('it ended at once')
  })

  it('is started again when somebody asks for it after it died, and knows how much time has passed', async () => {
    const { gateway, child } = start()
    child.emit('message', ready)
    gateway.advanceClock(1_000)
    gateway.advanceClock(200)
    child.emit('exit', 137)
    expect(forked).toHaveLength(1)
    const again = gateway.config
    const second = forked.at(-1)?.child as FakeChild
    expect(forked).toHaveLength(2)
    expect(forked[1]?.args).toEqual(forked[0]?.args)
    expect(second.posted).toEqual([{ type: 'advanceClock', ms: 1_200 }])
    second.emit('message', { ...ready, url: 'https://127.0.0.1:4434' })
    expect(await again).toEqual({ ...config, url: 'https://127.0.0.1:4434' })
    await gateway.config
    expect(forked).toHaveLength(2)
    expect(gateway.pid()).toBe(second.pid)
  })

  it('is started again after it could not start', async () => {
    const { gateway, child } = start()
    child.emit('message', { type: 'failed', message: 'the port is taken' })
    await vi.waitUntil(() => child.wasKilled)
    const again = gateway.config
    expect(forked).toHaveLength(2)
    const second = forked.at(-1)?.child as FakeChild
    second.emit('message', ready)
    expect(await again).toEqual(config)
  })

  it('stays dead when a tester stopped it', async () => {
    const { gateway, child } = start()
    child.emit('message', ready)
    await gateway.stop()
    expect(await gateway.config).toEqual(config)
    expect(forked).toHaveLength(1)
  })

  it('stops when it is told to', async () => {
    const { gateway, child } = start()
    await gateway.stop()
    expect(child.posted).toEqual([{ type: 'stop' }])
  })
})

describe('what a tester reaches', () => {
  it('is the clock, the gateway and a way to stop it, and nothing else', async () => {
    const { gateway, child } = start()
    child.emit('message', ready)
    const clock = createControllableClock(createFakeClock())
    exposeTestControls(clock, gateway)
    const controls = globalThis.tuppenceSandbox
    expect(Object.keys(controls ?? {}).toSorted()).toEqual(['clock', 'gateway', 'gatewayPid', 'stopGateway'])
    expect(Object.keys(controls?.clock ?? {}).toSorted()).toEqual(['advance', 'jump', 'now'])
    expect(await controls?.gateway()).toEqual({ ...config, controlToken: 'token' })
    expect(controls?.gatewayPid()).toBe(child.pid)
    const before = clock.now()
    controls?.clock.advance(1_000)
    expect(clock.now() - before).toBe(1_000)
    await controls?.stopGateway()
    expect(child.posted).toEqual([{ type: 'advanceClock', ms: 1_000 }, { type: 'stop' }])
  })
})
