/** The first argument of Electron's events. */
export type PreventableEvent<T extends object = object> = T & { preventDefault(): void; readonly defaultPrevented: boolean }

export function createEvent<T extends object>(details?: T): PreventableEvent<T> {
  let defaultPrevented = false
  const methods = {
    preventDefault: () => void (defaultPrevented = true),
    get defaultPrevented() {
      return defaultPrevented
    },
  }
  return Object.defineProperties(methods, Object.getOwnPropertyDescriptors(details ?? {})) as PreventableEvent<T>
}

/** Resolves in the next turn of the loop, when what was asked for synchronously can be observed. */
export const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))
