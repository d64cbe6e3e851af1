// @ts-check
/** `node scripts/build.mjs [sandbox | production | testable]` builds one flavour of the app and shows how. */
import { spawn } from 'node:child_process'
import { buildCommand, forgetBuild } from './lib/app-build.mjs'
import { repoRoot } from './lib/paths.mjs'
import { ending, exitCodeOf, passSignals } from './lib/run.mjs'

const flavour = process.argv[2] ?? 'sandbox'
if (flavour !== 'sandbox' && flavour !== 'production' && flavour !== 'testable') {
  console.error(`Unknown flavour ${flavour}: it is sandbox, production, or testable, which is production for the tests.`)
  process.exit(2)
}
if (flavour === 'sandbox') forgetBuild()
const { command, env } = buildCommand(flavour)
const [program = '', ...args] = command
const child = spawn(program, args, { stdio: 'inherit', env, cwd: repoRoot })
passSignals(child)
process.exitCode = exitCodeOf(await ending(child))
