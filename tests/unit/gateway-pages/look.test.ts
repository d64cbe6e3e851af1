import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

/** The custom properties of the first rule that begins like that. */
function tokensIn(sheet: string, beginning: string): Map<string, string> {
  const from = sheet.indexOf(beginning)
  const rule = sheet.slice(from, sheet.indexOf('}', from))
  return new Map([...rule.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]))
}

describe('the account pages and the launcher, which share no build,', () => {
  const [pages, launcher] = [read('resources/account-pages/pages.css'), read('src/renderer/styles/tokens.css')]

  it.each([
    ['dark', '\n:root {', '\n:root {'],
    ['light', '@media (prefers-color-scheme: light) {', ":root[data-theme='light'] {"],
  ])('have the same colours, distances and times where it is %s', (_name, ofPages, ofLauncher) => {
    const [here, there] = [tokensIn(pages, ofPages), tokensIn(launcher, ofLauncher)]
    // How large a thing to press is differs on purpose: the pages are for fingers.
    here.delete('--target')
    expect(here.size).toBeGreaterThan(10)
    expect([...here].filter(([name, value]) => there.get(name) !== value)).toEqual([])
  })
})
