import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { SecretName, Vault } from '../../src/main/ports/vault.ts'

/** Stands for a keychain that outlives a killed process, in tests only. Each write replaces the file in one step. */
export function fileVault(file: string): Vault {
  const read = () => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {})
  function write(secrets: Record<string, string>): Promise<void> {
    writeFileSync(`${file}.new`, JSON.stringify(secrets))
    renameSync(`${file}.new`, file)
    return Promise.resolve()
  }
  return {
    get: (name: SecretName) => Promise.resolve(read()[name] ?? null),
    set: (name: SecretName, value: string) => write({ ...read(), [name]: value }),
    remove(name: SecretName) {
      const { [name]: _, ...others } = read()
      return write(others)
    },
  }
}
