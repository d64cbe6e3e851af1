import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPreferences } from '../../../src/main/adapters/preferences/json-preferences.ts'

const defaults = { language: 'system', theme: 'dark' }
let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tuppence-preferences-'))
  file = join(folder, 'preferences.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('preferences', () => {
  it('are the defaults before anything was chosen, and write nothing', async () => {
    expect((await openPreferences(file)).get()).toEqual(defaults)
    expect(readdirSync(folder)).toEqual([])
  })

  it('act at once and are there at the next start', async () => {
    const store = await openPreferences(file)
    const writing = store.set({ language: 'de', theme: 'light' })
    expect(store.get()).toEqual({ language: 'de', theme: 'light' })
    await writing
    expect((await openPreferences(file)).get()).toEqual({ language: 'de', theme: 'light' })
    expect(readdirSync(folder)).toEqual(['preferences.json'])
  })

  it.each(['', 'not json', '[]', '{}', '{"language":"fr","theme":"dark"}', '{"language":"de","theme":"dark","token":"x"}'])(
    'are the defaults when the file holds %j',
    async (text) => {
      writeFileSync(file, text)
      expect((await openPreferences(file)).get()).toEqual(defaults)
    },
  )

  it('keep kiosk mode beside them, where no page turns it on or off', async () => {
    const store = await openPreferences(file)
    expect(store.isKiosk()).toBe(false)
    await store.setKiosk(true)
    await store.set({ language: 'de', theme: 'light' })
    const next = await openPreferences(file)
    expect(next.isKiosk()).toBe(true)
    expect(next.get()).toEqual({ language: 'de', theme: 'light' })
    await next.setKiosk(false)
    expect((await openPreferences(file)).isKiosk()).toBe(false)
  })

  it('of the last of many choices at once are the ones that stay', async () => {
    const store = await openPreferences(file)
    const themes = ['light', 'dark', 'light', 'dark', 'light'] as const
    await Promise.all(themes.map((theme) => store.set({ language: 'en', theme })))
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ language: 'en', theme: 'light' })
    expect(readdirSync(folder)).toEqual(['preferences.json'])
  })

  it('that cannot be kept act all the same, and say so', async () => {
    const store = await openPreferences(join(folder, 'gone', 'preferences.json'))
    await expect(store.set({ language: 'en', theme: 'light' })).rejects.toThrow('ENOENT')
    expect(store.get().theme).toBe('light')
    mkdirSync(join(folder, 'gone'))
    await store.set({ language: 'de', theme: 'light' })
    expect(readdirSync(join(folder, 'gone'))).toEqual(['preferences.json'])
  })
})
