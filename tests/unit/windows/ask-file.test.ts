import type { BrowserWindow, OpenDialogOptions, SaveDialogOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'

vi.mock('electron', () => ({ dialog: {} }))
const { createAskFile, createAskOpenFile } = await import('../../../src/main/windows/ask-file.ts')

const question = { title: 'Export', name: 'tuppence-2026-11-25.csv', kind: 'CSV', extension: 'csv' }

function ask(answer: { canceled: boolean; filePath: string }, parent: BrowserWindow | null = {} as BrowserWindow) {
  const shown: SaveDialogOptions[] = []
  return { shown, askFile: createAskFile(() => parent, (_parent, options) => (shown.push(options), Promise.resolve(answer))) }
}

describe('where a file is to be written', () => {
  it('is asked in the box of the system, which asks before it replaces anything', async () => {
    const { askFile, shown } = ask({ canceled: false, filePath: '/home/ada/x.csv' })
    expect(await askFile(question)).toBe('/home/ada/x.csv')
    expect(shown).toEqual([
      {
        title: 'Export',
        defaultPath: 'tuppence-2026-11-25.csv',
        filters: [{ name: 'CSV', extensions: ['csv'] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      },
    ])
  })

  it('is nowhere where the person gives up, or there is no window to belong to', async () => {
    expect(await ask({ canceled: true, filePath: '' }).askFile(question)).toBeNull()
    expect(await ask({ canceled: false, filePath: '' }).askFile(question)).toBeNull()
    const { askFile, shown } = ask({ canceled: false, filePath: '/x' }, null)
    expect([await askFile(question), shown]).toEqual([null, []])
  })

  it('is asked once at a time', async () => {
    const { askFile, shown } = ask({ canceled: false, filePath: '/x' })
    expect(await Promise.all([askFile(question), askFile(question)])).toEqual(['/x', null])
    expect(shown).toHaveLength(1)
  })
})

describe('which file is to be read', () => {
  const toOpen = { title: 'Choose', kind: 'Steam', extensions: ['html', 'csv'], others: 'All files' }
  function askOpen(answer: { canceled: boolean; filePaths: string[] }) {
    const shown: OpenDialogOptions[] = []
    return { shown, askFile: createAskOpenFile(() => ({}) as BrowserWindow, (_parent, options) => (shown.push(options), Promise.resolve(answer))) }
  }

  it('is asked in the box of the system, one file, also of another kind', async () => {
    const { askFile, shown } = askOpen({ canceled: false, filePaths: ['/home/ada/history.html'] })
    expect(await askFile(toOpen)).toBe('/home/ada/history.html')
    expect(shown).toEqual([{ title: 'Choose', filters: [{ name: 'Steam', extensions: ['html', 'csv'] }, { name: 'All files', extensions: ['*'] }], properties: ['openFile'] }])
  })

  it.each([{ canceled: true, filePaths: ['/x'] }, { canceled: false, filePaths: [] }])('is none after %j', async (answer) => {
    expect(await askOpen(answer).askFile(toOpen)).toBeNull()
  })
})
