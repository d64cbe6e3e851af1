import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { helpCountries, helpCountryOf, helpIn } from '../../../src/renderer/launcher/features/exclusion/help-lines.ts'

describe('the organisations that help', () => {
  const lines = helpCountries.flatMap((country) => helpIn(country))

  it('are there for each country that the app is likely to be used in', () => {
    expect(helpCountries).toEqual(expect.arrayContaining(['GB', 'IE', 'DE', 'AT', 'CH', 'US', 'CA', 'AU', 'NZ', 'FR', 'ES', 'IT', 'NL', 'SE']))
  })

  it('each say who they are, how to call them, and whose site and which day that comes from', () => {
    for (const { country, organisation, phone, source, date } of lines) {
      expect(country).toMatch(/^[A-Z]{2}$/)
      expect(organisation.trim()).not.toBe('')
      expect(phone).toMatch(/^[\d][\d -]{5,}\d$/)
      expect(new URL(source).protocol).toBe('https:')
      expect(new Date(date).toISOString().slice(0, 10)).toBe(date)
    }
  })

  it('have nothing in the file that is not shown', async () => {
    const file = new URL('../../../src/renderer/launcher/features/exclusion/help-lines.json', import.meta.url)
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveLength(lines.length)
  })

  it.each([
    ['de-AT', 'AT'],
    ['de-CH', 'CH'],
    ['de', 'DE'],
    ['en-US', 'US'],
    ['en-ZA', 'GB'],
    ['en', 'GB'],
  ])('are those of the country that %s names: %s', (locale, country) => {
    expect(helpCountryOf(locale)).toBe(country)
  })
})
