import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createApp } from './app.ts'
import { identify } from './app-paths.ts'
import { parseCommandLine } from './command-line.ts'
import { createElectron } from './electron.ts'
import { installModule } from './module-hooks.ts'
import { installVersions } from './versions.ts'

/** Runs the app named on the command line as Electron's main process. */
export async function run(): Promise<void> {
  const args = process.argv.slice(2)
  const executable = process.env['ELECTRON_ON_CHROMIUM_EXECUTABLE'] ?? process.execPath
  delete process.env['ELECTRON_ON_CHROMIUM_EXECUTABLE']
  installVersions()
  if (args[0] === '--version' || args[0] === '-v') {
    process.stdout.write(`v${process.versions['electron']}\n`)
    return
  }
  const commandLine = parseCommandLine(args)
  if (commandLine.appPath === undefined) throw new Error('Usage: electron [options] <path to the app>')
  const identity = identify(commandLine.appPath)

  process.argv.splice(0, process.argv.length, executable, ...args)
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: path.join(path.dirname(executable), 'resources') })
  const { app, start } = createApp(identity, commandLine)
  installModule(createElectron(app))

  const require = createRequire(identity.entry)
  for (const preload of commandLine.preloads) require(path.resolve(preload))
  if (identity.isModule) {
    const loaded = import(pathToFileURL(identity.entry).href)
    start()
    await loaded
  } else {
    require(identity.entry)
    start()
  }
}
