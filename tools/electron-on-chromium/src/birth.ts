import { origins } from './reserved-origins.ts'

/**
 * The address a window is born at. Its request is held and never answered: what the app loads takes its place, and until
 * then there is no document, which test drivers would take for a page.
 */
export type Birth = { token: string; url: string }

const births = new Map<string, Birth>()

/** What a birth address looks like, for the scripts in pages as well: no host of an app's has a dot in that place. */
export const birthPattern = '^https://(eoc[0-9a-f]{32})\\.'
const pattern = new RegExp(birthPattern)

/**
 * @param firstUrl what will be loaded, if known: an address of the same site lets Chromium start with the process that
 * is needed, and keep it
 */
export function createBirth(firstUrl: string | undefined, label: string): Birth {
  const reserved = origins.toReserved(firstUrl ?? '', label)
  const host = origins.parse(reserved) ? new URL(reserved).host : 'invalid'
  const token = `eoc${crypto.randomUUID().replaceAll('-', '')}`
  const birth = { token, url: `https://${token}.${host}/` }
  births.set(token, birth)
  return birth
}

export const isBirthUrl = (url: string) => pattern.test(url)

/** The birth of a window of ours; undefined for any other address, whatever it looks like. */
export const birthAt = (url: string) => births.get(pattern.exec(url)?.[1] ?? '')

export const forgetBirth = ({ token }: Birth) => void births.delete(token)
