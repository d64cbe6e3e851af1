/** The launcher's bridge as a page finds it, with the answers that a test gives. */
import type { Bridge } from '../../src/contract/ipc/channel.ts'
import type { LauncherContract } from '../../src/contract/ipc/launcher.ts'

type LauncherBridge = Bridge<LauncherContract>
type Answers = { readonly [T in keyof LauncherBridge]?: Partial<LauncherBridge[T]> }

export interface FakeBridge {
  readonly bridge: LauncherBridge
  /** The names of all calls, in their order: `household.get`. */
  readonly calls: string[]
  /** Tells the page something, `household.changed` for instance. */
  tell(event: string, data?: unknown): void
  /** How many listen to it. */
  listeners(event: string): number
}

/** What a test says nothing about is never answered; what it gives may be changed later by changing `answers`. */
export function fakeBridge(answers: Answers): FakeBridge {
  const calls: string[] = []
  const heard = new Map<string, Set<(data: unknown) => void>>()
  const listenersOf = (event: string) => heard.get(event) ?? heard.set(event, new Set()).get(event)!
  const topic = (name: string) =>
    new Proxy({}, {
      get(_, action: string) {
        if (/^on[A-Z]/.test(action)) {
          const listeners = listenersOf(`${name}.${action.charAt(2).toLowerCase()}${action.slice(3)}`)
          return (listener: (data: unknown) => void) => {
            listeners.add(listener)
            return () => listeners.delete(listener)
          }
        }
        return (input: unknown) => {
          calls.push(`${name}.${action}`)
          const given = (answers as Record<string, Record<string, (input: unknown) => unknown> | undefined>)[name]?.[action]
          return given ? given(input) : new Promise(() => {})
        }
      },
    })
  return {
    bridge: new Proxy({} as LauncherBridge, { get: (_, name: string) => topic(name) }),
    calls,
    tell: (event, data = {}) => [...listenersOf(event)].forEach((listener) => listener(data)),
    listeners: (event) => listenersOf(event).size,
  }
}

/** Long enough for every answer that is there to arrive. */
export const settled = () => new Promise<void>((resolve) => setTimeout(resolve))
