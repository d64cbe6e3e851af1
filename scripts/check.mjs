// @ts-check
/**
 * `npm run check`: everything that can be said about the sources without running them, which is each
 * script of package.json whose name starts with `check:`. All run, also after one has failed, and
 * only a failed one shows its output.
 *
 * `node scripts/check.mjs lint imports` runs only those.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { pathWithOurPrograms } from './lib/nodes.mjs'
import { inRepo, repoRoot } from './lib/paths.mjs'
import { seconds } from './lib/report.mjs'
import { ending, exitCodeOf, onSignals, signalGroup } from './lib/run.mjs'

const PREFIX = 'check:'

/** @type {{ scripts: Record<string, string> }} */
const manifest = JSON.parse(fs.readFileSync(inRepo('package.json'), 'utf8'))
const checks = Object.entries(manifest.scripts)
  .filter(([name]) => name.startsWith(PREFIX))
  .map(([name, command]) => ({ name: name.slice(PREFIX.length), command }))

/** @param {string} command line, which starts without the half second that npm takes */
async function run(command) {
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what the shell has started ends with it.
    detached: process.platform !== 'win32',
    cwd: repoRoot,
    env: { ...process.env, PATH: pathWithOurPrograms() },
  })
  let output = ''
  child.stdout.on('data', (/** @type {Buffer} */ chunk) => void (output += chunk.toString()))
  child.stderr.on('data', (/** @type {Buffer} */ chunk) => void (output += chunk.toString()))
  const release = onSignals((signal) => signalGroup(child, signal))
  try {
    return { code: exitCodeOf(await ending(child)), output }
  } finally {
    release()
  }
}

const names = process.argv.slice(2)
const wanted = checks.filter(({ name }) => names.length === 0 || names.includes(name))
if (wanted.length === 0) {
  console.error(`No such check. There are: ${checks.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

// Whoever tells us to end wants an end, and not the next check.
let isToldToEnd = false
onSignals(() => void (isToldToEnd = true))

for (const { name, command } of wanted) {
  if (isToldToEnd) {
    process.exitCode = 1
    break
  }
  const startedAt = Date.now()
  const { code, output } = await run(command)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(14)} ${seconds(Date.now() - startedAt).padStart(7)}`)
  if (code === 0) continue
  console.log(output.trimEnd().replaceAll(/^/gm, '  '))
  process.exitCode = 1
}
