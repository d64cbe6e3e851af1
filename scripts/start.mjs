// @ts-check
/** `npm start [-- arguments]`: opens the launcher; where no window can be shown, runs the tour. */
import { spawn } from 'node:child_process'
import { electronEnvironment, electronRuntime } from './lib/electron-runtime.mjs'
import { hasDisplay } from './lib/has-display.mjs'
import { machineNpm } from './lib/nodes.mjs'
import { repoRoot } from './lib/paths.mjs'
import { say, sayFailure } from './lib/report.mjs'
import { ending, exitCodeOf, passSignals } from './lib/run.mjs'

const args = process.argv.slice(2)

function command() {
  if (hasDisplay()) return [electronRuntime().executable, repoRoot, ...args]
  say('There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no launcher can be opened.')
  say('The tour runs instead: it drives the real app on a display of its own and leaves pictures in out/tour/.')
  return [...machineNpm(), 'run', '--silent', 'tour']
}

try {
  const [program = '', ...rest] = command()
  const child = spawn(program, rest, { stdio: 'inherit', env: electronEnvironment(), cwd: repoRoot })
  const release = passSignals(child)
  process.exitCode = exitCodeOf(await ending(child))
  release()
} catch (error) {
  sayFailure(error)
  process.exitCode = 1
}
