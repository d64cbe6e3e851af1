/** PINs as Argon2id hashes (RFC 9106) in the PHC string format. */
import { hash, verify } from '@node-rs/argon2'

/**
 * Memory in KiB, passes and threads: what OWASP's Password Storage Cheat Sheet asks for at least
 * (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id). Against somebody who has the hash no cost protects four digits for long: what does is that only the keychain
 * has it.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * What `hashPin` gives: 16 bytes of salt and 32 of hash in base64 without padding, whose unused bits are zero. Costs may be
 * others, so that hashes from before a change are still read. `verify` throws for nothing that this admits.
 */
export const pinHashPattern =
  /^\$argon2id\$v=19\$m=[1-9]\d{3,5},t=[1-9]\d?,p=[1-9]\$[A-Za-z0-9+/]{21}[AQgw]\$[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$/

/** The library's default is Argon2id with a fresh random salt for every hash. */
export function hashPin(pin: string): Promise<string> {
  return hash(pin, cost)
}

/** Takes as long as the costs in the hash say, tens of milliseconds, on a thread of its own. */
export function isPinOf(pinHash: string, pin: string): Promise<boolean> {
  return verify(pinHash, pin)
}
