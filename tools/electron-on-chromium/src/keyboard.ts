import type EventEmitter from 'node:events'
import { normalizeAccelerator } from './accelerator.ts'
import { createEvent } from './events.ts'
import type { Frame } from './frame-tree.ts'
import type { GuardedKey, GuardPolicy } from './inject/input-guard.ts'
import { acceleratedItems } from './menu.ts'

/** Decides about keys that the guard in the page holds back. */
export type Keyboard = {
  /** @param combination as normalizeAccelerator writes them */
  receive(frame: Frame, key: GuardedKey, combination: string): void
  policy(): GuardPolicy
}

/** The code that tells a guard what to hold back. */
export const policyCall = (policy: GuardPolicy) => `globalThis.__electronGuard?.setPolicy(${JSON.stringify(policy)})`
const passCall = ({ type, code }: GuardedKey) => `globalThis.__electronGuard?.letPass(${JSON.stringify(type)}, ${JSON.stringify(code)})`

/** @param windowOf the window to name in a menu item's click */
export function createKeyboard(contents: EventEmitter, windowOf: () => unknown): Keyboard {
  // Keys go on in the order they came, however long each takes.
  let order: Promise<unknown> = Promise.resolve()

  const decide = async (frame: Frame, key: GuardedKey, combination: string) => {
    const { shift, control, alt, meta } = key
    const modifiers = Object.entries({ shift, control, alt, meta }).filter(([, isHeld]) => isHeld).map(([name]) => name)
    const event = createEvent()
    contents.emit('before-input-event', event, { ...key, modifiers })
    if (event.defaultPrevented) return
    const item = key.type === 'keyDown' && acceleratedItems().find((each) => each.enabled && normalizeAccelerator(each.accelerator!) === combination)
    if (item) return item.click({ ...keyFlags(key), triggeredByAccelerator: true }, windowOf())
    await redispatch(frame, key)
  }
  return {
    receive: (frame, key, combination) => void (order = order.then(() => decide(frame, key, combination)).catch(() => {})),
    policy: () => ({
      holdsKeys: contents.listenerCount('before-input-event') > 0,
      accelerators: acceleratedItems().map((item) => normalizeAccelerator(item.accelerator!)),
    }),
  }
}

const keyFlags = ({ shift, control, alt, meta }: GuardedKey) => ({ shiftKey: shift, ctrlKey: control, altKey: alt, metaKey: meta })

/** Lets a key that was held go its way, as trusted input. */
async function redispatch({ session, isolatedContext }: Frame, key: GuardedKey) {
  await session.send('Runtime.evaluate', { expression: passCall(key), contextId: isolatedContext })
  const isPrintable = key.key.length === 1 && !key.control && !key.meta
  const text = key.type === 'keyUp' ? undefined : key.key === 'Enter' ? '\r' : isPrintable ? key.key : undefined
  await session.send('Input.dispatchKeyEvent', {
    type: key.type === 'keyUp' ? 'keyUp' : text === undefined ? 'rawKeyDown' : 'keyDown',
    modifiers: (key.alt ? 1 : 0) | (key.control ? 2 : 0) | (key.meta ? 4 : 0) | (key.shift ? 8 : 0),
    key: key.key,
    code: key.code,
    text,
    windowsVirtualKeyCode: key.keyCode,
    nativeVirtualKeyCode: key.keyCode,
    autoRepeat: key.isAutoRepeat,
    location: key.location,
    isKeypad: key.location === 3,
  })
}
