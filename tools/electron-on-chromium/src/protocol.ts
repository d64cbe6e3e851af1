import { strict } from './not-implemented.ts'
import { origins } from './reserved-origins.ts'

export type SchemeHandler = (request: Request) => Response | Promise<Response>

/** One session's custom schemes. */
export function createProtocol(): { protocol: Electron.Protocol; handlerOf(scheme: string): SchemeHandler | undefined } {
  const handlers = new Map<string, SchemeHandler>()
  const protocol = {
    registerSchemesAsPrivileged(schemes) {
      for (const { scheme } of schemes) origins.addScheme(scheme)
    },
    handle(scheme, handler) {
      if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
      origins.addScheme(scheme)
      handlers.set(scheme, handler)
    },
    unhandle(scheme) {
      if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
    },
    isProtocolHandled: (scheme) => handlers.has(scheme),
  } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>
  return { protocol: strict('protocol', protocol) as unknown as Electron.Protocol, handlerOf: (scheme) => handlers.get(scheme) }
}
