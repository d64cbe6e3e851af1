// @ts-check
/**
 * Brings a fresh machine to where Tuppence runs, step by step; does nothing where nothing is to be
 * done. It has no dependencies and runs on Node 18, because it is what installs the rest.
 */
import fs from 'node:fs'
import { buildApp, buildState, planBuild } from './lib/app-build.mjs'
import { installSystemPackages, thisMachine } from './lib/apt.mjs'
import { binaryState, fetchBinary, planBinary } from './lib/electron-binary.mjs'
import { takeLock } from './lib/lock.mjs'
import { buildNativePrograms, installPackages, installState, planInstall, rememberInstall } from './lib/npm-packages.mjs'
import { Failure } from './lib/failure.mjs'
import { hasDisplay } from './lib/has-display.mjs'
import { inRepo, repoRoot } from './lib/paths.mjs'
import { say, sayFailure, seconds } from './lib/report.mjs'
import { missingForTests, missingRequirements, planSystemPackages, thisSystem } from './lib/system-packages.mjs'

const HELP = `Sets up everything that Tuppence needs. The npm scripts call it by themselves.

  node scripts/bootstrap.mjs [options]

  --for-desktop      leave out what only tests and machines without a display need
  --for-tests        add programs that some tests use
  --no-build         leave out the build of the app
  --retry-electron   try again to download Electron's own binary
  --help             this text

Steps: Debian packages, npm packages, Electron's own binary, build. A step that is done is left out.
Exit codes: 0 done, 1 something is missing that you are told about, 2 unknown option, 130 interrupted.
`
const OPTIONS = ['--for-desktop', '--for-tests', '--no-build', '--retry-electron', '--help']
const MINIMUM_NODE = 18

const startedAt = Date.now()
let interrupted = false
const options = process.argv.slice(2)

const want = {
  headless: !options.includes('--for-desktop') || !hasDisplay(),
  tests: options.includes('--for-tests'),
  build: !options.includes('--no-build'),
  retryElectron: options.includes('--retry-electron'),
}

/** @typedef {{ name: string, plan: () => string, isDone: (plan: string) => boolean, does: (plan: string) => Promise<string> }} Step */

/** @type {Step} */
const systemStep = {
  name: 'system packages',
  plan: () => (missing().length === 0 ? 'nothing' : 'install'),
  isDone: (plan) => plan === 'nothing',
  does: async () => installSystemPackages(planSystemPackages(missing(), thisMachine())),
}

/**
 * Nobody has to have them: whatever stands in the way, the tests that need them are left out.
 *
 * @type {Step}
 */
const testProgramsStep = {
  name: 'programs that only tests use',
  plan: () => (missingTestPrograms().length === 0 ? 'nothing' : 'install'),
  isDone: (plan) => plan === 'nothing',
  does: async () => {
    const missing = missingTestPrograms()
    const names = missing.map((requirement) => requirement.package).join(', ')
    const plan = planSystemPackages(missing, thisMachine())
    try {
      if (plan.kind === 'install') return await installSystemPackages(plan)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
    }
    return `going on without ${names}, and without the tests that need them`
  },
}

/** @type {Step} */
const packagesStep = {
  name: 'npm packages',
  plan: () => planInstall(installState()),
  isDone: (plan) => plan === 'nothing',
  does: async (plan) => {
    if (plan === 'everything') await installPackages()
    if (plan === 'everything' || plan === 'programs') await buildNativePrograms()
    rememberInstall()
    return plan === 'remember' ? 'already installed' : 'installed'
  },
}

/** @type {Step} */
const electronStep = {
  name: "Electron's own binary",
  plan: () => planBinary(binaryState(), { again: want.retryElectron }),
  isDone: (plan) => plan !== 'try',
  does: async () =>
    (await fetchBinary())
      ? 'downloaded'
      : "not to be had from here, so the app runs on the system's Chromium (tools/electron-on-chromium); `npm run bootstrap -- --retry-electron` tries again",
}

/** @type {Step} */
const buildStep = {
  name: 'build',
  plan: () => planBuild(buildState()),
  isDone: (plan) => plan === 'nothing',
  does: async () => {
    await buildApp()
    return 'built'
  },
}

function missing() {
  return process.platform === 'linux' ? missingRequirements(thisSystem(), { headless: want.headless }) : []
}

function missingTestPrograms() {
  return process.platform === 'linux' ? missingForTests(thisSystem()) : []
}

/** @param {Step[]} steps */
async function perform(steps) {
  for (const [index, step] of steps.entries()) {
    const title = `  ${index + 1}/${steps.length} ${step.name}`
    const plan = step.plan()
    if (step.isDone(plan)) {
      say(`${title}: nothing to do`)
      continue
    }
    say(`${title} …`)
    const stepStartedAt = Date.now()
    const result = await step.does(plan)
    if (interrupted) throw new Error('interrupted')
    say(`${title}: ${result} (${seconds(Date.now() - stepStartedAt)})`)
  }
}

/**
 * Later steps can be judged only once the packages are there.
 *
 * @param {Step[]} steps
 */
const allDone = (steps) => steps.every((step) => step.isDone(step.plan()))

async function main() {
  const unknown = options.find((option) => !OPTIONS.includes(option))
  if (unknown !== undefined) {
    say(`Unknown option ${unknown}\n\n${HELP}`)
    return 2
  }
  if (options.includes('--help')) {
    process.stdout.write(HELP)
    return 0
  }
  if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE) {
    throw new Failure(`Node ${process.versions.node} is too old.`, { next: `Install Node ${MINIMUM_NODE} or newer (20 is well tried) with its npm.` })
  }
  process.chdir(repoRoot)
  const steps = [systemStep, ...(want.tests ? [testProgramsStep] : []), packagesStep, electronStep, ...(want.build ? [buildStep] : [])]
  if (allDone(steps)) return 0
  say('Tuppence: setting up')
  fs.mkdirSync(inRepo('out'), { recursive: true })
  const release = await takeLock(inRepo('out', '.bootstrap.lock'), () => say('  Another set-up is at work here; waiting for it.'))
  try {
    await perform(steps)
  } finally {
    release()
  }
  say(`Tuppence: ready (${seconds(Date.now() - startedAt)})\n`)
  return 0
}

for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  // Whatever is at work gets the signal as well and ends first; then so do we.
  process.on(signal, () => void (interrupted = true))
}

try {
  process.exitCode = await main()
} catch (error) {
  if (interrupted) say('Interrupted. Run the same command again to go on.')
  else sayFailure(error)
  process.exitCode = interrupted ? 130 : 1
}
