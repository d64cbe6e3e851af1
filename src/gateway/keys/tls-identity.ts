/**
 * The certificate that clients pin, and its key: the server's own identity, not a person's credential. It is
 * self-signed because clients trust exactly this key (its pin) and no authority.
 */
import { createHash, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { readKeyFile, writeKeyFile } from './key-file.ts'

export interface TlsIdentity {
  /** Private key and certificate, one after the other. */
  readonly pem: string
  /** Base64 of the SHA-256 of the certificate's SubjectPublicKeyInfo, as in RFC 7469 §2.4. */
  readonly pin: string
}

/** Reads the identity of the folder, making it on first use. */
export async function loadTlsIdentity(dataDir: string): Promise<TlsIdentity> {
  const path = join(dataDir, 'gateway-tls.pem')
  const pem = readKeyFile(path) ?? (await createIdentityFile(path))
  return { pem, pin: pinOf(new X509Certificate(pem)) }
}

function pinOf(certificate: X509Certificate): string {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('base64')
}

async function createIdentityFile(path: string): Promise<string> {
  // The library takes as long to load as the rest of the gateway and is needed once in a folder's life.
  const { generate } = await import('selfsigned')
  const year = new Date().getUTCFullYear()
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.UTC(year - 1, 0, 1)),
    notAfterDate: new Date(Date.UTC(year + 30, 0, 1)),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }] },
    ],
  })
  const pem = `${made.private.trim()}\n${made.cert.trim()}\n`
  writeKeyFile(path, pem)
  return pem
}
