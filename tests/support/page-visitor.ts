/** A browser without a face: keeps cookies, sends the forms that a page has, does the proof of work, and says what it was answered. */
import { DomUtils, parseDocument } from 'htmlparser2'
import { Agent, request } from 'undici'
import { type Challenge, solve, toPayload } from '../../resources/account-pages/solve.js'

export interface Seen {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** Of the page's one heading of the first order. */
  readonly heading: string
  /** What a person reads, on one line. */
  readonly words: string
  /** Where it came from, without the origin. */
  readonly path: string
  /** What the form to this path sends besides what is typed. */
  readonly hidden: (action: string) => Record<string, string>
}

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>
  /** To see the answer itself, and not the page that it leads to. */
  readonly staysThere?: boolean
}

export interface Visitor {
  /** By name; tests may change them. */
  readonly cookies: Map<string, string>
  readonly get: (path: string, sending?: Sending) => Promise<Seen>
  /** Sends the form of the page that was seen last, as a browser does. */
  readonly send: (action: string, fields: Readonly<Record<string, string>>, sending?: Sending) => Promise<Seen>
  /** Sends exactly this. */
  readonly post: (path: string, fields: Readonly<Record<string, string>>, sending?: Sending) => Promise<Seen>
  /** The proof of work that the page's worker would do. */
  readonly prove: () => Promise<string>
  readonly close: () => Promise<void>
}

const mostHops = 5

/** `connectTo` where the server listens, if that is not where the origin says. */
export function createVisitor(origin: string, { language = 'en', connectTo = origin }: { readonly language?: string; readonly connectTo?: string } = {}): Visitor {
  const agent = new Agent({ connect: { rejectUnauthorized: false } })
  const cookies = new Map<string, string>()
  let last: Seen | undefined

  async function ask(method: 'GET' | 'POST', path: string, body: string | null, headers: Readonly<Record<string, string>>): Promise<Seen> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const { host } = new URL(origin)
    const response = await request(`${connectTo}${path}`, {
      dispatcher: agent,
      method,
      headers: { host, 'accept-language': language, ...(cookie !== '' && { cookie }), ...headers },
      body,
    })
    keep(cookies, response.headers['set-cookie'])
    return seen(path, response.statusCode, response.headers, await response.body.text())
  }

  async function follow(first: Seen, { staysThere = false }: Sending): Promise<Seen> {
    let now = first
    const hops = staysThere ? 0 : mostHops
    for (let hop = 0; hop < hops && now.status === 303; hop += 1) now = await ask('GET', String(now.headers['location']), null, {})
    return (last = now)
  }

  async function post(path: string, fields: Readonly<Record<string, string>>, sending: Sending = {}): Promise<Seen> {
    const usual = { 'content-type': 'application/x-www-form-urlencoded', origin, 'sec-fetch-site': 'same-origin' }
    return follow(await ask('POST', path, new URLSearchParams(fields).toString(), { ...usual, ...sending.headers }), sending)
  }

  return {
    cookies,
    get: async (path, sending = {}) => follow(await ask('GET', path, null, sending.headers ?? {}), sending),
    post,
    send: (action, fields, sending) => post(action, { ...last?.hidden(action), ...fields }, sending),
    async prove() {
      const before = last
      const { token = '' } = last?.hidden(last.path.split('?')[0] ?? '') ?? {}
      const challenge = JSON.parse((await post('/account/proof', { token })).text) as Challenge
      last = before
      return toPayload(challenge, await solve(challenge))
    },
    close: () => agent.close(),
  }
}

/** As browsers do, it takes a cookie with this prefix only where its attributes fit (RFC 6265bis §4.1.3.2). */
function keep(cookies: Map<string, string>, header: string | string[] | undefined): void {
  for (const line of [header ?? []].flat()) {
    const [pair = '', ...attributes] = line.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    const value = pair.slice(name.length + 1)
    if (!name.startsWith('__Host-') || !attributes.includes('Secure') || !attributes.includes('Path=/') || attributes.some((attribute) => attribute.startsWith('Domain')))
      throw new Error(`no browser keeps ${line}`)
    if (attributes.includes('Max-Age=0')) cookies.delete(name)
    else cookies.set(name, value)
  }
}

function seen(path: string, status: number, headers: Seen['headers'], text: string): Seen {
  const document = parseDocument(text)
  const all = (name: string, within = document.children) => DomUtils.getElementsByTagName(name, within)
  const words = (nodes: Parameters<typeof DomUtils.textContent>[0]) => DomUtils.textContent(nodes).replaceAll(/\s+/g, ' ').trim()
  return {
    ...{ path, status, headers, text },
    heading: words(all('h1')),
    words: words(all('body')),
    hidden(action) {
      const form = all('form').find(({ attribs }) => attribs['action'] === action)
      const inputs = form ? all('input', form.children).filter(({ attribs }) => attribs['type'] === 'hidden') : []
      return Object.fromEntries(inputs.map(({ attribs }) => [attribs['name'] ?? '', attribs['value'] ?? '']))
    },
  }
}
