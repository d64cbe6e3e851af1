/**
 * Names of months as files have them, from the Unicode CLDR that the runtime brings: long and short, alone and beside a day, in the
 * languages below. Full stops and accents do not matter. A name that is another month elsewhere means neither.
 */
const languages = ['en', 'en-AU', 'en-GB', 'de', 'de-AT', 'fr', 'es', 'it', 'pt', 'pt-BR', 'nl', 'da', 'nb', 'sv', 'fi', 'pl', 'cs', 'hu', 'ro', 'tr', 'ru', 'uk', 'el', 'bg']

/** What names are compared by. */
export const nameKey = (name: string): string => name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('.', '').toLowerCase()

let months: ReadonlyMap<string, number> | null = null

/** 1 to 12, or null for what is no month. */
export function monthNamed(name: string): number | null {
  months ??= collect()
  return months.get(nameKey(name)) ?? null
}

function collect(): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const ambiguous = new Set<string>()
  for (const [name, month] of names()) {
    const key = nameKey(name)
    const before = found.get(key)
    if (before !== undefined && before !== month) ambiguous.add(key)
    found.set(key, month)
  }
  for (const key of ambiguous) found.delete(key)
  return found
}

function* names(): Iterable<readonly [name: string, month: number]> {
  yield ['Sept', 9]
  for (const language of languages) {
    for (const style of ['short', 'long'] as const) {
      const alone = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' })
      const dated = new Intl.DateTimeFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' })
      for (let month = 1; month <= 12; month += 1) {
        const day = Date.UTC(2026, month - 1, 20)
        for (const form of [alone, dated]) {
          const name = form.formatToParts(day).find(({ type }) => type === 'month')?.value ?? ''
          if (/\p{L}/u.test(name)) yield [name, month]
        }
      }
    }
  }
}
