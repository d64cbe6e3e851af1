/** The two secrets of the log in the vault: the key of the chain and the anchor that says where its head is. */
import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { Hmac } from '../../../domain/chain.ts'
import type { LogHead } from '../../ports/event-log.ts'
import type { Vault } from '../../ports/vault.ts'
import { hmacSha256 } from './hmac.ts'

export interface LogSecrets {
  /** Base64url of 32 bytes; null when the vault has none, or something that is not a key. */
  readonly key: Hmac | null
  /** Whether the vault holds anything under the key's name, be it a key or not. */
  readonly hasKey: boolean
  /** Null when the vault has none. Something that is not an anchor counts as one that fits no log. */
  readonly anchor: LogHead | null
}

const keyBytes = 32

const AnchorSchema = v.strictObject({
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  mac: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
})

const anchorOfNoLog: LogHead = { seq: Number.MAX_SAFE_INTEGER, mac: '' }

/** Rejects with VaultError. */
export async function readSecrets(vault: Vault): Promise<LogSecrets> {
  const key = await vault.get('log-mac-key')
  return { key: key === null ? null : hmacWith(key), hasKey: key !== null, anchor: await readAnchor(vault) }
}

/** Rejects with VaultError. */
export async function readAnchor(vault: Vault): Promise<LogHead | null> {
  const text = await vault.get('log-anchor')
  return text === null ? null : parseAnchor(text)
}

/** The key of a new log. `keep` has the vault keep it and rejects with VaultError; until then only this process has it. */
export function newKey(vault: Vault): { readonly hmac: Hmac; keep(): Promise<void> } {
  const text = randomBytes(keyBytes).toString('base64url')
  const hmac = hmacWith(text)
  if (!hmac) throw new TypeError('a key that was just made is not a key')
  return { hmac, keep: () => vault.set('log-mac-key', text) }
}

/** Rejects with VaultError. */
export function keepAnchor(vault: Vault, { seq, mac }: LogHead): Promise<void> {
  return vault.set('log-anchor', JSON.stringify({ seq, mac }))
}

/** Whether the vault holds something as the anchor that no application wrote; nothing is known about the head then. */
export function isGarbled(anchor: LogHead): boolean {
  return anchor.mac === anchorOfNoLog.mac
}

function parseAnchor(text: string): LogHead {
  try {
    return v.parse(AnchorSchema, JSON.parse(text))
  } catch {
    return anchorOfNoLog
  }
}

function hmacWith(keyText: string): Hmac | null {
  const bytes = Buffer.from(keyText, 'base64url')
  return bytes.length === keyBytes ? hmacSha256(bytes) : null
}
