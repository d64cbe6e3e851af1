import { parseArgs } from 'node:util'

export interface GatewayArguments {
  readonly dataDir: string
  readonly port: number
  readonly mode: 'sandbox' | 'live'
  readonly requestsPerMinute: number
}

export const usage = `Usage: gateway --data DIR [options]

Starts Tuppence's reference gateway on 127.0.0.1. It records charges and moves no money.

  --data DIR                 folder for the database and the server's own keys; made when missing
  --port N                   TCP port; 0, the default, takes a free one
  --requests-per-minute N    quotes, and likewise purchases, that one device may ask for (default 120)
  --live                     without the tester's routes (faults, list of charges)
  --help                     this text`

const options = {
  data: { type: 'string' },
  port: { type: 'string', default: '0' },
  'requests-per-minute': { type: 'string', default: '120' },
  live: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/** Reads the command line; `undefined` means that help was asked for. Throws with words for the person who typed it. */
export function readArguments(args: readonly string[]): GatewayArguments | undefined {
  const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
  if (values.help) return undefined
  if (!values.data) throw new Error('--data DIR is missing: the gateway needs a folder to keep its records in')
  return {
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
