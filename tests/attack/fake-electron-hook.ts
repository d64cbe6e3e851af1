/** Lets main's windows be used without Electron: imported first, it has `electron` come from the fake of the tests. */
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: new URL('../support/fake-electron.ts', import.meta.url).href, shortCircuit: true } : next(specifier, context),
})
