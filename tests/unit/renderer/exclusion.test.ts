import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createExclusionStore } from '../../../src/renderer/launcher/features/exclusion/exclusion-store.ts'
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

describe('an exclusion that is asked for', () => {
  function setUp() {
    const inputs: unknown[] = []
    const answer = (input: unknown) => {
      inputs.push(input)
      return Promise.resolve({ kind: 'declined' } as const)
    }
    return { inputs, store: createExclusionStore({ exclusion: { begin: answer, askReturn: answer } }) }
  }

  it('is for oneself without a name, and for a minor with theirs', async () => {
    const { store, inputs } = setUp()
    await store.getState().begin('7days', null)
    await store.getState().begin('30days', 'm-tim')
    await store.getState().askReturn(null)
    await store.getState().askReturn('m-tim')
    expect(inputs).toEqual([{ length: '7days' }, { length: '30days', memberId: 'm-tim' }, {}, { memberId: 'm-tim' }])
  })

  it('leaves no word about one person to the next who is looked at', async () => {
    const { store } = setUp()
    await store.getState().begin('7days', 'm-tim')
    expect(store.getState().told).toEqual({ kind: 'declined' })
    store.getState().forgetTold()
    expect(store.getState().told).toBeNull()
  })
})
