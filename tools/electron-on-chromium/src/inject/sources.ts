import { createCodec } from './codec.ts'
import { installIsolatedWorld } from './isolated-world.ts'
import type { IsolatedWorldConfig } from './isolated-world.ts'
import { installInputGuard } from './input-guard.ts'
import type { GuardPolicy } from './input-guard.ts'
import { createLink } from './link.ts'
import { installMainWorld } from './main-world.ts'
import type { MainWorldConfig } from './main-world.ts'

/** Name of the world the preload runs in; the same as in Electron, so that DevTools shows what people expect. */
export const isolatedWorldName = 'Electron Isolated Context'
/** The function that sends text from that world to the main process. */
export const bindingName = '__electronToMain'

const call = (install: (...args: never[]) => void, config: object) =>
  `(${install})((${createCodec}), (${createLink}), ${JSON.stringify(config)})`

export const mainWorldSource = (config: MainWorldConfig) => call(installMainWorld, config)

export const isolatedWorldSource = (config: Omit<IsolatedWorldConfig, 'binding'>) =>
  call(installIsolatedWorld, { ...config, binding: bindingName })

/** Goes into every frame, also those of other sites that run in processes of their own. */
export const inputGuardSource = (policy: GuardPolicy) =>
  `(${installInputGuard})(${JSON.stringify(bindingName)}, (${createCodec})().encode, ${JSON.stringify(policy)})`

/** A preload as a function of the names CommonJS and Electron give it. */
export const preloadSource = (file: string, text: string) =>
  `globalThis.__electronPort?.runPreload(function (require, module, exports, process, setImmediate, clearImmediate, global) {${text}\n})\n//# sourceURL=${file}`

export const fromMainCall = (text: string) => `__electronPort.fromMain(${JSON.stringify(text)})`
