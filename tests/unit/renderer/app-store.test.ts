import { describe, expect, it } from 'vitest'
import type { Status } from '../../../src/contract/ipc/status.ts'
import { guessAppearance } from '../../../src/renderer/i18n/guess-appearance.ts'
import { createAppStore } from '../../../src/renderer/launcher/app/app-store.ts'

const status: Status = {
  appearance: { language: 'en', locale: 'en-GB', theme: 'dark', sandbox: true },
  preferences: { language: 'system', theme: 'dark' },
  vault: 'ready',
  gateway: 'ready',
  ledger: 'ready',
  dataFolder: '/somewhere',
  version: '1.0.0',
}

function setUp() {
  const answers: (() => Promise<Status>)[] = []
  let tell: (status: Status) => void = () => {}
  const ask = () => answers.shift()?.() ?? Promise.reject(new Error('gone'))
  const store = createAppStore({
    app: {
      status: ask,
      retry: ask,
      setPreferences: ask,
      onChanged: (listener) => {
        tell = listener
        return () => {
          tell = () => {}
        }
      },
    },
  })
  return { store, answers, changed: (news: Status) => tell(news) }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('when main does not say how it is', () => {
  it('the launcher knows that, and recovers when asked again', async () => {
    const { store, answers } = setUp()
    store.getState().follow()
    await settled()
    expect(store.getState()).toMatchObject({ status: null, isBroken: true })
    answers.push(() => Promise.resolve(status))
    await store.getState().load()
    expect(store.getState()).toMatchObject({ status, isBroken: false })
  })

  it('the launcher recovers when main speaks up by itself', async () => {
    const { store, changed } = setUp()
    store.getState().follow()
    await settled()
    changed(status)
    expect(store.getState()).toMatchObject({ status, isBroken: false })
  })
})

describe('guessAppearance', () => {
  it.each([
    [['de-AT', 'en'], 'de', 'de-AT'],
    [['fr', 'en-GB', 'de'], 'en', 'en-GB'],
    [['den', 'fr'], 'en', 'en'],
    [[], 'en', 'en'],
  ])('%o is shown in %s', (languages, language, locale) => {
    expect(guessAppearance(languages)).toEqual({ language, locale, theme: 'dark', sandbox: false })
  })
})
