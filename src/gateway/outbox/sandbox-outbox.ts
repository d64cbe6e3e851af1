/** The sandbox's mail server and phone network: what is sent arrives here, through real SMTP on this computer, and goes nowhere else. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { callbackify } from 'node:util'
import type { SMTPServer, SMTPServerSession } from 'smtp-server'
import type { OutboxMessage } from '../../contract/http/sandbox-routes.ts'
import { instant } from '../environment.ts'
import type { Post } from './post.ts'
import { createMailer } from './smtp-post.ts'

export interface Outbox {
  /** The last 200, oldest first. Waits for what is on its way. */
  readonly messages: () => Promise<readonly OutboxMessage[]>
}

export interface SandboxOutbox extends Outbox {
  readonly post: Post
  readonly close: () => Promise<void>
}

export interface SandboxOutboxParts {
  readonly now: () => number
  /** Resolves when nothing is on its way any more. */
  readonly settled: () => Promise<void>
}

const kept = 200
const from = 'tuppence@sandbox.invalid'

/** Its mail server starts with the first mail: most sandboxes never send one. */
export function createSandboxOutbox({ now, settled }: SandboxOutboxParts): SandboxOutbox {
  const messages: OutboxMessage[] = []
  const keep = (message: Omit<OutboxMessage, 'at'>) => {
    messages.push({ at: instant(now()), ...message })
    messages.splice(0, messages.length - kept)
  }
  let server: Promise<SMTPServer> | undefined

  async function mailer() {
    server ??= startServer((mail) => keep({ kind: 'mail', ...mail }))
    const { port } = (await server).server.address() as AddressInfo
    return createMailer({ url: `smtp://127.0.0.1:${port}`, from })
  }

  let deliver: ReturnType<typeof mailer> | undefined
  return {
    post: {
      canText: true,
      mail: async (letter) => (await (deliver ??= mailer()))(letter),
      text: async ({ to, text }) => keep({ kind: 'text', to, subject: null, text }),
    },
    async messages() {
      await settled()
      return messages
    },
    async close() {
      const running = await server
      if (running) await new Promise<void>((resolve) => running.close(() => resolve()))
    },
  }
}

type Mail = Pick<OutboxMessage, 'to' | 'subject' | 'text'>

async function startServer(arrived: (mail: Mail) => void): Promise<SMTPServer> {
  const [{ SMTPServer }, { simpleParser }] = await Promise.all([import('smtp-server'), import('mailparser')])
  const receive = callbackify(async (stream: Readable, { envelope }: SMTPServerSession) => {
    const { subject = null, text = '' } = await simpleParser(stream)
    arrived({ to: envelope.rcptTo.map(({ address }) => address).join(', '), subject, text })
  })
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: 64 * 1024,
    closeTimeout: 1000,
    onData: (stream, session, done) => receive(stream, session, done),
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return server
}
