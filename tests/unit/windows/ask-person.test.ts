import type { BrowserWindow, MessageBoxOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'

vi.mock('electron', () => ({ dialog: {} }))
const { createAskPerson } = await import('../../../src/main/windows/ask-person.ts')

const question = { title: 't', message: 'm', detail: 'd', confirm: 'Restore', cancel: 'Cancel' }
const window = {} as BrowserWindow

function ask(response: number, parent: BrowserWindow | null = window) {
  const shown: MessageBoxOptions[] = []
  const askPerson = createAskPerson(
    () => parent,
    (_parent, options) => (shown.push(options), Promise.resolve({ response, checkboxChecked: false })),
  )
  return { shown, askPerson }
}

describe('a question outside of all pages', () => {
  it('P6 is answered with no by whatever is not the second button', async () => {
    expect(await ask(1).askPerson(question)).toBe(true)
    for (const response of [0, -1, 2]) expect(await ask(response).askPerson(question)).toBe(false)
  })

  it('P6 offers to cancel first, by Enter and by Escape', async () => {
    const { askPerson, shown } = ask(0)
    await askPerson(question)
    expect(shown).toEqual([
      expect.objectContaining({ buttons: ['Cancel', 'Restore'], defaultId: 0, cancelId: 0, message: 'm', detail: 'd' }),
    ])
  })

  it('is not asked without a window to belong to', async () => {
    const { askPerson, shown } = ask(1, null)
    expect([await askPerson(question), shown]).toEqual([false, []])
  })

  it('is one at a time: a page cannot pile them up until somebody presses the wrong button', async () => {
    const { askPerson, shown } = ask(1)
    expect(await Promise.all([askPerson(question), askPerson(question)])).toEqual([true, false])
    expect(await askPerson(question)).toBe(true)
    expect(shown).toHaveLength(2)
  })
})
