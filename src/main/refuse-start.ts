/**
 * The first module of main, and in a file of its own in the bundle: a production build that was started in a way that it
 * refuses has ended before it has read a file, loaded a native module, opened a window or a socket. Electron opens the one
 * for developer tools only once the main script has run; Node's inspector, which comes before it, is switched off by a fuse.
 */
import { writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as Electron from 'electron'
import { refusalExitCode, refusalWords, startRefusals } from './start-refusals.ts'

if (__REFUSES__) {
  const reasons = startRefusals({ argv: process.argv, execArgv: process.execArgv, env: process.env, platform: process.platform })
  if (reasons.length > 0) refuse(refusalWords(reasons))
}

function refuse(words: string): never {
  sayAtOnce(`${words}\n`)
  // Before the app is ready it is a box of the system on Windows and macOS. On Linux Electron would only print it again.
  if (process.type === 'browser' && process.platform !== 'linux') {
    const { dialog } = createRequire(import.meta.url)('electron') as typeof Electron
    dialog.showErrorBox('Tuppence does not start', words)
  }
  process.exit(refusalExitCode)
}

/** Not through the console, which may still be writing at the exit. A program without a console has nowhere to write to. */
function sayAtOnce(text: string): void {
  try {
    writeSync(process.stderr.fd, text)
  } catch {
    // Nobody can read it.
  }
}
