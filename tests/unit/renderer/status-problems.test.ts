import { describe, expect, it } from 'vitest'
import { platformOf, statusProblems } from '../../../src/renderer/launcher/features/status/status-problems.ts'

describe('what stands in the way of buying', () => {
  it('is nothing when all is ready or the gateway is just starting', () => {
    expect(statusProblems({ vault: 'ready', ledger: 'ready', gateway: 'ready' })).toEqual([])
    expect(statusProblems({ vault: 'ready', ledger: 'ready', gateway: 'starting' })).toEqual([])
  })

  it('names the keychain once, not again as a problem of the ledger that waits for it', () => {
    expect(statusProblems({ vault: 'locked', ledger: 'vaultUnavailable', gateway: 'ready' })).toEqual([
      { part: 'vault', state: 'locked' },
    ])
  })

  it('names several problems, the most basic first', () => {
    const parts = statusProblems({ vault: 'absent', ledger: 'tampered', gateway: 'unreachable' }).map(({ part }) => part)
    expect(parts).toEqual(['vault', 'ledger', 'gateway'])
  })
})

describe('platformOf', () => {
  it.each([
    ['Linux x86_64', 'linux'],
    ['MacIntel', 'mac'],
    ['Win32', 'windows'],
  ])('%s is %s', (given, platform) => {
    expect(platformOf(given)).toBe(platform)
  })
})
