/**
 * A user agent in words for a mail: only what is known here is said, because whoever sends a request writes the header, and a mail must
 * not say what a stranger wants it to.
 */
const programs = [
  ['Tuppence', /\bTuppence\b/],
  ['Edge', /\bEdgA?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|Chromium)\//],
  ['Safari', /\bSafari\//],
] as const
const systems = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(iPhone|iPad|iPod)\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac ?OS\b|\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const

export interface CallerWords {
  readonly program: string | null
  readonly system: string | null
}

export function callerWords(userAgent: string): CallerWords {
  const known = (names: readonly (readonly [string, RegExp])[]) => names.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null
  return { program: known(programs), system: known(systems) }
}
