import { describe, it } from 'vitest'
import { createFakeVault } from '../../support/fake-vault.ts'
import { describeVault, expectProblem } from './vault-contract.ts'

describe('in memory', () => {
  describeVault({ open: () => createFakeVault() })

  it.each(['absent', 'locked', 'timedOut'] as const)('P6 says that it is %s', async (problem) => {
    const vault = createFakeVault()
    vault.fail(problem)
    await expectProblem(vault, problem)
  })
})
