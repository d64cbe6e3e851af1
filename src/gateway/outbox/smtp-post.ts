import { isLoopback } from './loopback.ts'
import type { Letter } from './post.ts'

export interface MailServer {
  /** `smtp://host:port`, or `smtps:` where TLS comes first (RFC 8314). */
  readonly url: string
  /** Sender's address. */
  readonly from: string
  readonly signIn?: { readonly user: string; readonly password: string }
}

const timeoutMs = 15_000

/** Hands letters to a mail server (RFC 5321), over TLS unless it is this computer. Rejects where it does not take one. */
export function createMailer({ url, from, signIn }: MailServer): (letter: Letter) => Promise<void> {
  const { protocol, hostname, port } = new URL(url)
  const isSecure = protocol === 'smtps:'
  const isHere = isLoopback(hostname)
  async function connect() {
    const { createTransport } = await import('nodemailer')
    return createTransport({
      host: hostname.replaceAll(/[[\]]/g, ''),
      port: port === '' ? (isSecure ? 465 : 587) : Number(port),
      secure: isSecure,
      requireTLS: !isHere,
      ignoreTLS: isHere,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(signIn && { auth: { user: signIn.user, pass: signIn.password } }),
    })
  }
  let transport: ReturnType<typeof connect> | undefined
  return async ({ to, subject, text }) => {
    transport ??= connect()
    // RFC 3834: nobody's absence note answers it.
    const headers = { 'auto-submitted': 'auto-generated' }
    await (await transport).sendMail({ from, to: { name: '', address: to }, subject, text, headers })
  }
}
