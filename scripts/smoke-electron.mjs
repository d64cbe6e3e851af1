// @ts-check
/**
 * `npm run smoke:electron`: Electron's documented behaviour and one whole purchase, on Electron's
 * own binary. Where that is not installed it says that nothing has run and ends with 0: this machine
 * cannot answer the question, which is not the same as a wrong answer.
 */
import { spawnSync } from 'node:child_process'
import { electronEnvironment, electronRuntime } from './lib/electron-runtime.mjs'
import { inRepo, repoRoot } from './lib/paths.mjs'

const runtime = electronRuntime()
if (runtime.kind === 'chromium') {
  console.log("smoke:electron has NOT run: Electron's own binary is not installed here.")
  console.log('`npm run bootstrap -- --retry-electron` tries again to download it; nothing was tested.')
  process.exit(0)
}

const SUITES = [
  ['-c', 'tests/conformance/playwright.config.ts'],
  ['--grep', '@smoke'],
]
console.log(`Running on ${runtime.executable}`)
for (const args of SUITES) {
  const { status } = spawnSync('node', [inRepo('scripts', 'windowed.mjs'), 'playwright', 'test', ...args], { stdio: 'inherit', cwd: repoRoot, env: electronEnvironment() })
  if (status !== 0) process.exit(status ?? 1)
}
console.log("smoke:electron has run on Electron's own binary and passed.")
