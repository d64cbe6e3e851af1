import type { LedgerState, Status } from '../../../../contract/ipc/status.ts'

type VaultProblem = Exclude<Status['vault'], 'ready'>
type LedgerProblem = Exclude<LedgerState, 'ready' | 'vaultUnavailable'>
type GatewayProblem = Exclude<Status['gateway'], 'ready' | 'starting'>

/** What stands in the way of buying, most basic first. */
export type StatusProblem =
  | { readonly part: 'vault'; readonly state: VaultProblem }
  | { readonly part: 'ledger'; readonly state: LedgerProblem }
  | { readonly part: 'gateway'; readonly state: GatewayProblem }

/** A ledger that waits for the keychain and a gateway that is starting are no problems of their own. */
export function statusProblems({ vault, ledger, gateway }: Pick<Status, 'vault' | 'ledger' | 'gateway'>) {
  const problems: StatusProblem[] = []
  if (vault !== 'ready') problems.push({ part: 'vault', state: vault })
  if (ledger !== 'ready' && ledger !== 'vaultUnavailable') problems.push({ part: 'ledger', state: ledger })
  if (gateway !== 'ready' && gateway !== 'starting') problems.push({ part: 'gateway', state: gateway })
  return problems
}

/** Whether Tuppence itself may be able to put it right. What another program or version made is left alone. */
export function isRepairable(problem: StatusProblem): boolean {
  return problem.part === 'ledger' && ['keyMissing', 'tampered', 'notADatabase', 'unreadable'].includes(problem.state)
}

export type Platform = 'linux' | 'mac' | 'windows'

/** From `navigator.platform`, which names the system and no more. */
export function platformOf(navigatorPlatform: string): Platform {
  if (navigatorPlatform.startsWith('Mac')) return 'mac'
  return navigatorPlatform.startsWith('Win') ? 'windows' : 'linux'
}
