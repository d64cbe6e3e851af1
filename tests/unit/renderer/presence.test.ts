import { describe, expect, it } from 'vitest'
import { createPresence, followPresence } from '../../../src/renderer/launcher/features/profiles/presence.ts'

function setUp(tell: () => Promise<unknown> = () => Promise.resolve()) {
  let [nowMs, told] = [1_000, 0]
  const isHere = createPresence(
    () => {
      told += 1
      return tell()
    },
    () => nowMs,
  )
  return { isHere, told: () => told, pass: (ms: number) => (nowMs += ms) }
}

describe('that somebody is here', () => {
  it('is told with the first sign, and then at most every 20 seconds', () => {
    const { isHere, told, pass } = setUp()
    isHere()
    isHere()
    expect(told()).toBe(1)
    pass(19_999)
    isHere()
    expect(told()).toBe(1)
    pass(1)
    isHere()
    expect(told()).toBe(2)
  })

  it('may fail to be told: the profile then locks', async () => {
    const { isHere, told, pass } = setUp(() => Promise.reject(new Error('gone')))
    isHere()
    pass(20_000)
    isHere()
    await Promise.resolve()
    expect(told()).toBe(2)
  })

  it('is seen from pointer and keyboard, but not from what a script makes up, and no longer after the undo', () => {
    const listeners = new Map<string, (event: Event) => void>()
    const target = {
      addEventListener: (name: string, listener: (event: Event) => void) => void listeners.set(name, listener),
      removeEventListener: (name: string) => void listeners.delete(name),
    } as unknown as EventTarget
    let signs = 0
    const stop = followPresence(target, () => {
      signs += 1
    })
    expect([...listeners.keys()].sort()).toEqual(['keydown', 'pointerdown', 'pointermove', 'wheel'])
    listeners.get('keydown')!({ isTrusted: false } as Event)
    expect(signs).toBe(0)
    listeners.get('keydown')!({ isTrusted: true } as Event)
    expect(signs).toBe(1)
    stop()
    expect(listeners.size).toBe(0)
  })
})
