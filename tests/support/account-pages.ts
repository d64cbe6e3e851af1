/** Somebody at the pages of the sandbox's gateway: signs up, reads their mail, lets a device in. In a browser without a face. */
import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { Agent, buildConnector, request } from 'undici'
import type { OutboxMessage } from '../../src/contract/http/sandbox-routes.ts'

interface Shown {
  readonly status: number
  readonly path: string
  readonly html: string
}

export interface AccountPages {
  /** An account without a password, whose address is confirmed. */
  signUp(email: string): Promise<void>
  /** Says yes to the device that shows this code. */
  allow(userCode: string): Promise<void>
  /** From this price on, in whole euros, each purchase asks for the second factor. */
  askFrom(euros: string): Promise<void>
  /** The code in the newest mail to that address. */
  mailedCode(email: string): Promise<string>
  close(): Promise<void>
}

/** `outbox` is what the gateway has sent. */
export function openAccountPages(gatewayUrl: string, outbox: () => Promise<readonly OutboxMessage[]>): AccountPages {
  // Its pages are at localhost: no passkey is bound to an address that is a number.
  const origin = gatewayUrl.replace('127.0.0.1', 'localhost')
  const dispatcher = new Agent({ connect: buildConnector({ rejectUnauthorized: false }) })
  const cookies = new Map<string, string>()

  async function send(method: 'GET' | 'POST', path: string, fields?: Readonly<Record<string, string>>, accept = 'text/html'): Promise<Shown> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept, cookie, 'accept-language': 'en', ...(fields && { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }) }
    const answer = await request(`${origin}${path}`, { dispatcher, method, headers, body: fields ? new URLSearchParams(fields).toString() : null })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const html = await answer.body.text()
    const { location } = answer.headers
    return answer.statusCode >= 300 && answer.statusCode < 400 ? send('GET', String(location)) : { status: answer.statusCode, path, html }
  }

  /** Fills in the form of a page as the page has it. */
  async function submit(path: string, fields: Readonly<Record<string, string>>): Promise<Shown> {
    const { html } = await send('GET', path)
    const [, token = ''] = /name="token" value="([^"]+)"/.exec(html) ?? []
    const proof = html.includes('name="proof"') ? { proof: await solved(token) } : {}
    const shown = await send('POST', path.replace(/\?.*/, ''), { token, ...proof, ...fields })
    if (shown.status !== 200) throw new Error(`${path} was answered ${shown.status}: ${/<p class="error[^>]*>([^<]*)/.exec(shown.html)?.[1]}`)
    return shown
  }

  async function solved(token: string): Promise<string> {
    const challenge = JSON.parse((await send('POST', '/account/proof', { token }, 'application/json')).html) as Challenge
    const solution = await solveChallenge({ challenge, deriveKey })
    return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
  }

  async function mailedCode(email: string): Promise<string> {
    const newest = (await outbox()).findLast(({ kind, to, text }) => kind === 'mail' && to === email && /\b\d{6}\b/.test(text))
    const [code] = /\b\d{6}\b/.exec(newest?.text ?? '') ?? []
    if (code === undefined) throw new Error(`no code was sent to ${email}`)
    return code
  }

  return {
    mailedCode,
    async signUp(email) {
      await submit('/account/sign-up', { email, password: '' })
      await submit('/account/sign-up/code', { code: await mailedCode(email) })
    },
    async allow(userCode) {
      const { path } = await submit(`/device?code=${userCode}`, { code: userCode, answer: 'allow' })
      if (path !== '/device/allowed') throw new Error(`not let in: ${path}`)
    },
    async askFrom(euros) {
      await submit('/account/amount', { amount: euros })
    },
    close: () => dispatcher.close(),
  }
}
