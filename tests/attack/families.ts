/** The attacks, each with how many of them go on a thousand messages. */
import type { Random } from '../crash/random.ts'
import type { AttackFigures } from './figures.ts'

interface Family {
  readonly attack: (count: number, random: Random) => Promise<AttackFigures>
  /** Of `--n`; the slow ones are fewer, and never more than `most`. */
  readonly share: number
  readonly most: number
}

const any = Number.POSITIVE_INFINITY

/** Loaded one by one: `timing` needs `electron` to be the fake one. */
export const families: Readonly<Record<string, () => Promise<Family>>> = {
  ipc: async () => ({ attack: (await import('./ipc-fuzz.ts')).fuzzIpc, share: 1, most: any }),
  tokens: async () => ({ attack: (await import('./tokens.ts')).attackTokens, share: 0.2, most: any }),
  text: async () => ({ attack: (await import('./hostile-text.ts')).attackWithText, share: 0.05, most: any }),
  timing: async () => ({ attack: (await import('./timing.ts')).attackTiming, share: 0.1, most: any }),
  arguments: async () => ({ attack: (await import('./arguments.ts')).attackArguments, share: 0.1, most: any }),
  gateway: async () => ({ attack: (await import('./gateway-requests.ts')).attackGateway, share: 0.05, most: 20_000 }),
  accounts: async () => ({ attack: (await import('./account-requests.ts')).attackAccounts, share: 0.05, most: 20_000 }),
  certificates: async () => ({ attack: (await import('./certificates.ts')).attackCertificates, share: 0.01, most: 104 }),
}

export function countOf({ share, most }: Family, n: number): number {
  return Math.min(most, Math.max(1, Math.ceil(n * share)))
}
