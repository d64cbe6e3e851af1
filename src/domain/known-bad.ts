/** Versions that nobody should run any more. To be looked through with each release; an old list says so itself (`listedOn`). */

/** When the list was last looked through. */
export const listedOn = '2026-11-25T00:00:00.000Z'

export interface BadVersion {
  readonly of: 'sqlite' | 'electron'
  /** From this version on, up to but not including the other. */
  readonly from: string
  readonly before: string
  /** What is wrong with them, as a name that can be looked up. */
  readonly name: string
  readonly source: string
}

export const badVersions: readonly BadVersion[] = [
  { of: 'sqlite', from: '0', before: '3.51.3', name: 'WAL-reset bug', source: 'https://sqlite.org/wal.html#walresetbug' },
  { of: 'sqlite', from: '3.52.0', before: '3.52.1', name: 'withdrawn', source: 'https://sqlite.org/news.html' },
  { of: 'electron', from: '0', before: '35.7.5', name: 'CVE-2025-55305', source: 'https://nvd.nist.gov/vuln/detail/CVE-2025-55305' },
  { of: 'electron', from: '36.0.0', before: '36.8.1', name: 'CVE-2025-55305', source: 'https://nvd.nist.gov/vuln/detail/CVE-2025-55305' },
  { of: 'electron', from: '37.0.0', before: '37.3.1', name: 'CVE-2025-55305', source: 'https://nvd.nist.gov/vuln/detail/CVE-2025-55305' },
]

/**
 * The oldest major version that still got security fixes when the list was looked through: of the newest three stable ones, of which 45
 * is the one that this is built with. Source: https://www.electronjs.org/docs/latest/tutorial/electron-timelines
 */
export const oldestElectronMajor = 43

/** Orders versions by their numbers; what follows a hyphen does not count. */
export function compareVersions(a: string, b: string): number {
  const [as, bs] = [numbersOf(a), numbersOf(b)]
  for (let place = 0; place < Math.max(as.length, bs.length); place += 1) {
    const difference = (as[place] ?? 0) - (bs[place] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const numbersOf = (version: string): number[] => (version.split('-')[0] ?? '').split('.').map((part) => Number.parseInt(part, 10) || 0)

/** Why the version should not be run any more, or null. */
export function knownBad(of: BadVersion['of'], version: string): BadVersion | null {
  return badVersions.find((bad) => bad.of === of && compareVersions(version, bad.from) >= 0 && compareVersions(version, bad.before) < 0) ?? null
}
