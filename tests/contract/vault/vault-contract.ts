/** What every Vault does, the one in memory and the one of the operating system. */
import { expect, it } from 'vitest'
import { VaultError, type Vault } from '../../../src/main/ports/vault.ts'

export interface VaultSubject {
  /** A vault that holds nothing. */
  open(): Vault | Promise<Vault>
}

export function describeVault({ open }: VaultSubject): void {
  it('has nothing under a name that was never set', async () => {
    expect(await (await open()).get('log-mac-key')).toBeNull()
  })

  it('gives back what was set, under its own name only', async () => {
    const vault = await open()
    await vault.set('log-mac-key', 'first')
    await vault.set('log-anchor', '{"seq":1,"mac":"ä€😀"}')
    expect(await vault.get('log-mac-key')).toBe('first')
    expect(await vault.get('log-anchor')).toBe('{"seq":1,"mac":"ä€😀"}')
    expect(await vault.get('device-signing-key')).toBeNull()
  })

  it('replaces what was there', async () => {
    const vault = await open()
    await vault.set('log-anchor', 'old')
    await vault.set('log-anchor', 'new')
    expect(await vault.get('log-anchor')).toBe('new')
  })

  it('has nothing under a name that was removed, and goes on having the others', async () => {
    const vault = await open()
    await vault.set('session', 'signed in')
    await vault.set('log-anchor', 'stays')
    await vault.remove('session')
    await vault.remove('session')
    expect(await vault.get('session')).toBeNull()
    expect(await vault.get('log-anchor')).toBe('stays')
  })

  it('keeps 4 KiB whole', async () => {
    const vault = await open()
    await vault.set('device-signing-key', 'k'.repeat(4096))
    expect(await vault.get('device-signing-key')).toBe('k'.repeat(4096))
  })

  it('carries out operations in the order they were asked for', async () => {
    const vault = await open()
    const writes = Array.from({ length: 10 }, (_, index) => vault.set('log-anchor', `${index}`))
    expect(await vault.get('log-anchor')).toBe('9')
    await Promise.all(writes)
  })
}

/** A vault that cannot be used says how, for every operation, and never hangs. */
export async function expectProblem(vault: Vault, problem: VaultError['problem']): Promise<void> {
  const secret = 'a value that must not show'
  const results = await Promise.allSettled([vault.get('log-mac-key'), vault.set('log-mac-key', secret), vault.get('log-anchor'), vault.remove('session')])
  for (const result of results) {
    const reason: unknown = result.status === 'rejected' ? result.reason : result.value
    expect(reason).toBeInstanceOf(VaultError)
    expect(reason, String((reason as VaultError).cause)).toMatchObject({ problem })
    const { message, stack, cause } = reason as VaultError
    expect(`${message}${stack}${String(cause)}`).not.toContain(secret)
  }
}
