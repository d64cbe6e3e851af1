// @ts-check
/**
 * Checks the imports against .dependency-cruiser.mjs, and that the check itself has seen something:
 * a parser that reads no TypeScript reports no violation either.
 */
import { cruise } from 'dependency-cruiser'
import config from '../.dependency-cruiser.mjs'
import { rulesWithoutModules } from './lib/import-rules.mjs'

const FOLDERS = ['src', 'tools', 'tests', 'scripts']
const FEWEST_MODULES = 100

const { output } = await cruise(FOLDERS, { ...config.options, validate: true, ruleSet: { forbidden: config.forbidden } })
if (typeof output === 'string') throw new Error(`dependency-cruiser gave text: ${output}`)

const ours = output.modules.map((module) => module.source).filter((source) => FOLDERS.some((folder) => source.startsWith(`${folder}/`)))
const arrows = output.modules.flatMap((module) => module.dependencies).length
const blind = rulesWithoutModules(config.forbidden, ours)

for (const { rule, from, to } of output.summary.violations) {
  console.error(`${rule.name}: ${from} → ${to}\n  ${config.forbidden.find(({ name }) => name === rule.name)?.comment}`)
  process.exitCode = 1
}
if (ours.length < FEWEST_MODULES || arrows < FEWEST_MODULES) {
  console.error(`Only ${ours.length} modules and ${arrows} imports were seen: the check cannot read the sources.`)
  process.exitCode = 1
}
for (const name of blind) {
  console.error(`The rule ${name} matches no module: it says nothing, so mend or remove it.`)
  process.exitCode = 1
}
console.log(`${ours.length} modules, ${arrows} imports, ${config.forbidden.length} rules`)
