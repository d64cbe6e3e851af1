import { readFile } from 'node:fs/promises'
import { formatter } from '@lingui/format-po'
import { describe, expect, it } from 'vitest'

const folder = new URL('../../../src/renderer/i18n/locales/', import.meta.url)

async function read(locale: string) {
  const filename = new URL(`${locale}/messages.po`, folder)
  const content = await readFile(filename, 'utf8')
  return formatter().parse(content, { locale, sourceLocale: 'en', filename: filename.pathname })
}

/** The names in braces: a translation must use the same ones, or a price would be missing from a sentence. */
function placeholders(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)[,}]|<(\d+)>/g)].map(([, name, link]) => name ?? link ?? ''))].sort()
}

describe('the German catalogue', async () => {
  const [english, german] = await Promise.all([read('en'), read('de')])

  it('has every message', () => {
    expect(Object.keys(english).length).toBeGreaterThan(100)
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort())
    expect(Object.entries(german).filter(([, { translation }]) => !translation)).toEqual([])
  })

  it('uses the same names and links in every message', () => {
    const differing = Object.entries(german).filter(
      ([id, { translation }]) =>
        placeholders(translation ?? '').join() !== placeholders(english[id]?.translation ?? '').join(),
    )
    expect(differing).toEqual([])
  })
})
