import { describe, expect, it } from 'vitest'
import { createVaultCredentials } from '../../../src/main/adapters/credentials/vault-credentials.ts'
import type { Credentials } from '../../../src/main/ports/credentials.ts'
import { VaultError, type VaultProblem } from '../../../src/main/ports/vault.ts'
import { createFakeCredentials } from '../../support/fake-credentials.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import { describeCredentials } from './credentials-contract.ts'

interface Failing {
  readonly credentials: Credentials
  fail(problem: VaultProblem): void
  recover(): void
}

function onFakeVault(): Failing {
  const vault = createFakeVault()
  return { credentials: createVaultCredentials({ vault }), fail: vault.fail, recover: vault.recover }
}

function fake(): Failing {
  const credentials = createFakeCredentials()
  return { credentials, fail: credentials.fail, recover: credentials.recover }
}

describe.each([
  ['credentials on a keychain in memory', onFakeVault],
  ['fake credentials', fake],
])('%s', (_name, open) => {
  describeCredentials({ open: () => open().credentials })

  it('P6 say when the keychain is not usable, and work again when it is', async () => {
    const { credentials, fail, recover } = open()
    const secondFactor = await credentials.newSecondFactor('Ada')
    fail('locked')
    const refused = await Promise.allSettled([
      credentials.has('m'),
      credentials.setPin('m', '2580'),
      credentials.setSecondFactor('m', secondFactor),
      credentials.compare('m', { pin: '2580' }, 0),
    ])
    expect(refused).toEqual(Array.from({ length: 4 }, () => ({ status: 'rejected', reason: new VaultError('locked') })))
    recover()
    await credentials.setPin('m', '2580')
    expect(await credentials.has('m')).toEqual({ pin: true, secondFactor: false })
  })
})
