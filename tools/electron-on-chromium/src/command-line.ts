import path from 'node:path'

/** What Electron's own command line means: its options, then the app, then the app's arguments. */
export type CommandLine = {
  /** Chromium and Electron switches before and after the app's path, without their dashes. */
  switches: Map<string, string>
  /** Modules to load before the app (`-r`). */
  preloads: string[]
  /** Absolute path of the app's folder or script; undefined when none was given. */
  appPath: string | undefined
}

/** Node's options take no part in what Chromium sees. */
const nodeOnly = /^(inspect|inspect-brk|inspect-port|require|trace-.*)$/

/** @param argv the arguments after the executable */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const switches = new Map<string, string>()
  const preloads: string[] = []
  let appPath: string | undefined
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index]!
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? []
    if ((argument === '-r' || argument === '--require') && appPath === undefined) preloads.push(argv[++index]!)
    else if (name !== undefined && !nodeOnly.test(name)) switches.set(name, value ?? '')
    else if (!argument.startsWith('-') && appPath === undefined) appPath = path.resolve(argument)
  }
  return { switches, preloads, appPath }
}
