import { registerHooks } from 'node:module'

const names = /^electron(\/main|\/common)?$/
const address = 'electron-on-chromium:electron'

/** Makes `require('electron')` and `import … from 'electron'` give the object, wherever the npm package is installed. */
export function installModule(electron: object): void {
  const key = Symbol.for(address)
  Object.defineProperty(globalThis, key, { value: electron })
  const object = `globalThis[Symbol.for(${JSON.stringify(address)})]`
  const esm = [
    `const electron = ${object}`,
    'export default electron',
    ...Object.keys(electron).map((name) => `export const ${name} = electron.${name}`),
  ].join('\n')
  registerHooks({
    resolve(specifier, context, next) {
      if (!names.test(specifier)) return next(specifier, context)
      const isRequire = context.conditions.includes('require')
      return { url: `${address}${isRequire ? '-cjs' : ''}`, format: isRequire ? 'commonjs' : 'module', shortCircuit: true }
    },
    load(url, context, next) {
      if (url === address) return { format: 'module', source: esm, shortCircuit: true }
      if (url === `${address}-cjs`) return { format: 'commonjs', source: `module.exports = ${object}`, shortCircuit: true }
      return next(url, context)
    },
  })
}
