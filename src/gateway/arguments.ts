import { isIP } from 'node:net'
import { parseArgs } from 'node:util'
import { isLoopback } from './outbox/loopback.ts'
import type { MailServer } from './outbox/smtp-post.ts'
import type { TextSender } from './outbox/http-texts.ts'

export interface GatewayArguments {
  readonly dataDir: string
  readonly port: number
  readonly mode: 'sandbox' | 'live'
  readonly requestsPerMinute: number
  readonly publicUrl?: string
  readonly trustProxy?: readonly string[]
  readonly pagesDir?: string
  readonly mail?: MailServer
  readonly texts?: TextSender
}

export const usage = `Usage: gateway --data DIR [options]

Starts Tuppence's reference gateway on 127.0.0.1. It records charges and moves no money.

  --data DIR                 folder for the database and the server's own keys; made when missing
  --port N                   TCP port; 0, the default, takes a free one
  --requests-per-minute N    quotes, and likewise purchases, that one device may ask for (default 120)
  --public-url URL           https origin by which people and devices reach it; https://localhost with its port unless told
  --trust-proxy ADDRESSES    IP addresses, separated by commas, of the proxies in front of it, whose X-Forwarded-For says who asks;
                             without it everybody who comes through a proxy counts as one
  --pages DIR                folder of the style sheet and scripts of its pages, where that is not in its usual place
  --smtp URL                 mail server, smtp://host:port or smtps://host:port; TLS is needed unless it is this computer.
                             TUPPENCE_SMTP_USER and TUPPENCE_SMTP_PASSWORD in the environment sign in to it.
                             The sandbox has one of its own; a live gateway does not start without
  --mail-from ADDRESS        sender of its mails; needed with --smtp
  --sms-url URL              takes text messages: POST with JSON {"to", "text"} and the bearer token in TUPPENCE_SMS_TOKEN
  --live                     without the tester's routes (faults, list of charges, outbox)
  --help                     this text`

const options = {
  data: { type: 'string' },
  port: { type: 'string', default: '0' },
  'requests-per-minute': { type: 'string', default: '120' },
  'public-url': { type: 'string' },
  'trust-proxy': { type: 'string' },
  pages: { type: 'string' },
  smtp: { type: 'string' },
  'mail-from': { type: 'string' },
  'sms-url': { type: 'string' },
  live: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

type Variables = Readonly<Record<string, string | undefined>>

/** Reads the command line; `undefined` means that help was asked for. Throws with words for the person who typed it. */
export function readArguments(args: readonly string[], variables: Variables = process.env): GatewayArguments | undefined {
  const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
  if (values.help) return undefined
  if (!values.data) throw new Error('--data DIR is missing: the gateway needs a folder to keep its records in')
  const mail = mailServer(values.smtp, values['mail-from'], variables)
  const texts = textSender(values['sms-url'], variables)
  if (values.live && !mail) throw new Error('--smtp URL is missing: a live gateway has to write to people about their accounts')
  return {
    ...(values['public-url'] !== undefined && { publicUrl: publicOrigin(values['public-url']) }),
    ...(values['trust-proxy'] !== undefined && { trustProxy: proxies(values['trust-proxy']) }),
    ...(values.pages !== undefined && { pagesDir: values.pages }),
    ...(mail && { mail }),
    ...(texts && { texts }),
    dataDir: values.data,
    port: wholeNumber('--port', values.port, 0, 65_535),
    mode: values.live ? 'live' : 'sandbox',
    requestsPerMinute: wholeNumber('--requests-per-minute', values['requests-per-minute'], 1, 1_000_000),
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new Error(`${name} takes a whole number from ${least} to ${most}, not "${text}"`)
}

function mailServer(text: string | undefined, from: string | undefined, variables: Variables): MailServer | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  // A command line can be read by everybody on the computer.
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '' || url.username !== '' || url.password !== '')
    throw new Error(`--smtp takes smtp://host:port or smtps://host:port without a password in it, not "${text}"`)
  if (!from || !/^[^\s@<>]+@[^\s@<>]+$/.test(from)) throw new Error('--mail-from ADDRESS is missing: mails need a sender')
  const { TUPPENCE_SMTP_USER: user, TUPPENCE_SMTP_PASSWORD: password } = variables
  return { url: url.href, from, ...(user !== undefined && password !== undefined && { signIn: { user, password } }) }
}

function textSender(text: string | undefined, { TUPPENCE_SMS_TOKEN: token }: Variables): TextSender | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  if (!url || (url.protocol !== 'https:' && !isLoopback(url.hostname))) throw new Error(`--sms-url takes an https address, not "${text}"`)
  if (!token) throw new Error('TUPPENCE_SMS_TOKEN is missing in the environment: --sms-url needs a token to show')
  return { url: url.href, token }
}

function publicOrigin(text: string): string {
  const url = URL.parse(text)
  if (url?.protocol === 'https:' && (text === url.origin || text === `${url.origin}/`)) return url.origin
  throw new Error(`--public-url takes an https address without a path, not "${text}"`)
}

/** No ranges: whoever is in one by chance could say to be anybody. */
function proxies(text: string): readonly string[] {
  const addresses = text.split(',').map((part) => part.trim())
  if (addresses.every((address) => isIP(address) > 0)) return addresses
  throw new Error(`--trust-proxy takes IP addresses separated by commas, not "${text}"`)
}
