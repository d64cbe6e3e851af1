/** Says on stdout what is wrong with the keychain of this process's environment: `nothing`, `absent`, … */
import { keytarVault } from '../../../src/main/adapters/vault/keytar-vault.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'

try {
  await keytarVault({ scope: 'asking' }).get('log-anchor')
  console.log('nothing')
} catch (error) {
  if (!(error instanceof VaultError)) throw error
  console.log(error.problem)
}
