/** The key under which codes and addresses are hashed and authenticators' secrets are sealed: whoever has the database alone has none of them. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readKeyFile, writeKeyFile } from './key-file.ts'

const keyBytes = 32

/** Reads the key of the folder, making it on first use. Throws where the file holds no key: making another would lock everybody out. */
export function loadAccountKey(dataDir: string): Uint8Array {
  const path = join(dataDir, 'gateway-account-key')
  const key = Buffer.from(readKeyFile(path) ?? createKeyFile(path), 'base64url')
  if (key.length !== keyBytes) throw new Error(`${path} holds no key of ${keyBytes} bytes`)
  return key
}

function createKeyFile(path: string): string {
  const text = randomBytes(keyBytes).toString('base64url')
  writeKeyFile(path, text)
  return text
}
