/** Passwords as Argon2id hashes (RFC 9106) in the PHC string format. */
import { hash, verify } from '@node-rs/argon2'

export interface PasswordHash {
  readonly hash: (password: string) => Promise<string>
  readonly verify: (hash: string, password: string) => Promise<boolean>
}

/** Memory in KiB, passes and threads. */
export interface PasswordCost {
  readonly memoryCost: number
  readonly timeCost: number
  readonly parallelism: number
}

/** What OWASP's Password Storage Cheat Sheet asks for at least. */
const usualCost: PasswordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function createPasswordHash(cost: PasswordCost = usualCost): PasswordHash {
  return {
    // Argon2id is the library's default.
    hash: (password) => hash(password.normalize('NFKC'), { ...cost }),
    verify: (kept, password) => verify(kept, password.normalize('NFKC')),
  }
}
