import { createHash, randomUUID } from 'node:crypto'

/**
 * Chromium will not load a scheme it does not know, so `app://host` of a partition is served from an https origin of
 * its own under `.invalid` (RFC 2606: never resolves). A host per scheme, host and partition keeps storage apart.
 */
export type ReservedOrigins = {
  /** The https URL that stands for the URL, or the URL itself when its scheme is none of ours. */
  toReserved(url: string, label: string): string
  /** What the app sees. */
  fromReserved(url: string): string
  /** Which partition a reserved URL belongs to; undefined for any other URL. */
  parse(url: string): { label: string; scheme: string; url: string } | undefined
  addScheme(scheme: string): void
}

const runId = randomUUID()

/** A partition's part of the host name. In-memory partitions get a new one at every run, so nothing of the last is found. */
export function partitionLabel(partition: string): string {
  if (partition === '') return 'main'
  const identity = partition.startsWith('persist:') ? partition : `${partition}#${runId}`
  return createHash('sha256').update(identity).digest('hex').slice(0, 12)
}

const escapeLabel = (text: string) => text.toLowerCase().replace(/[^a-z0-9-]/g, (found) => `_${found.charCodeAt(0).toString(16).padStart(2, '0')}`)
const unescapeLabel = (text: string) => text.replace(/_([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

const reservedHost = /^https:\/\/([a-z0-9_-]*)__([a-z0-9_-]+)__([a-z0-9]+)\.invalid(?=[/?#]|$)/

export function createReservedOrigins(): ReservedOrigins {
  const schemes = new Set<string>()
  const parse: ReservedOrigins['parse'] = (url) => {
    const [found, host, scheme, label] = reservedHost.exec(url) ?? []
    if (found === undefined) return undefined
    const name = unescapeLabel(scheme!)
    const authority = host === '_' ? '' : unescapeLabel(host!)
    return { label: label!, scheme: name, url: `${name}://${authority}${url.slice(found.length) || '/'}` }
  }
  return {
    addScheme: (scheme) => void schemes.add(scheme.toLowerCase()),
    parse,
    fromReserved: (url) => parse(url)?.url ?? url,
    toReserved(url, label) {
      const [found, scheme, host] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(url) ?? []
      if (found === undefined || !schemes.has(scheme!.toLowerCase())) return url
      const rest = url.slice(found.length)
      return `https://${escapeLabel(host!) || '_'}__${escapeLabel(scheme!)}__${label}.invalid${rest.startsWith('/') ? rest : `/${rest}`}`
    },
  }
}

/** One table for the process: sessions add their schemes, windows and requests read it. */
export const origins = createReservedOrigins()
