// @ts-check
/** `npm run dev`: electron-vite's development mode with hot reloading, on whichever runtime is here. */
import { spawn } from 'node:child_process'
import { forgetBuild } from './lib/app-build.mjs'
import { electronEnvironment } from './lib/electron-runtime.mjs'
import { hasDisplay } from './lib/has-display.mjs'
import { inRepo, repoRoot } from './lib/paths.mjs'
import { ending, exitCodeOf, passSignals } from './lib/run.mjs'

if (!hasDisplay()) {
  console.error('Development mode shows a window, and there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).')
  process.exit(1)
}
// Development mode leaves bundles of its own kind where `npm start` looks for its own.
forgetBuild()
const child = spawn(process.execPath, [inRepo('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'dev', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: electronEnvironment(),
  cwd: repoRoot,
})
passSignals(child)
process.exitCode = exitCodeOf(await ending(child))
