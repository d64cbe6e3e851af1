import { expect, it } from 'vitest'
import { rulesWithoutModules } from '../../../scripts/lib/import-rules.mjs'

it('names the rules that apply to no module, which would hold whatever is imported', () => {
  const rules = [
    { name: 'alive', from: { path: '^src/domain/' } },
    { name: 'moved-away', from: { path: '^src/core/' } },
    { name: 'excludes-all', from: { path: ['^src/'], pathNot: ['domain', 'main'] } },
    { name: 'everywhere', from: {} },
  ]
  expect(rulesWithoutModules(rules, ['src/domain/money.ts', 'src/main/index.ts'])).toEqual(['moved-away', 'excludes-all'])
})
