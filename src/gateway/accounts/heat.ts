/** How much is tried from one address: each try warms it by one, and it halves every ten minutes. */
const halfLifeMs = 600_000

export interface Heat {
  readonly heat: number
  /** Milliseconds since the epoch. */
  readonly atMs: number
}

export function cooled({ heat, atMs }: Heat, nowMs: number): number {
  return heat * 0.5 ** (Math.max(0, nowMs - atMs) / halfLifeMs)
}

/** How long until it has cooled to `most`, in milliseconds. */
export function coolingMs(heat: number, most: number): number {
  return heat <= most ? 0 : Math.ceil(halfLifeMs * Math.log2(heat / most))
}

/** From here on nothing more is taken: 14 tries a minute for as long as they like, and 200 at once from a place that many share. */
export const mostAsked = 200

/** From the third failure on there has to be a proof of work; not quite three, because the first has cooled by then. */
export const failuresBeforeProof = 2.5

/** The work of a proof is 1, 2, 4, 8 or 16 times the usual one: at most what a slow phone does in 20 seconds. */
export function workFactor(asked: number): number {
  return 2 ** Math.min(4, Math.floor(asked / 8))
}

/** Whom an address stands for: IPv6 is given out in blocks of 64 bits (RFC 6177 §2). */
export function addressGroup(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  return ip.includes(':') ? wholeIpv6(ip).slice(0, 4).join(':') : ip
}

function wholeIpv6(ip: string): readonly string[] {
  const [head = '', tail] = ip.toLowerCase().split('%', 1).join('').split('::')
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean)) as [string[], string[]]
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array<string>(missing).fill('0'), ...after].map((group) => group.replace(/^0+(?=.)/, ''))
}
