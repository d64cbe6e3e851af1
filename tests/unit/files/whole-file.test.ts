import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { partOf, writeWhole } from '../../../src/main/adapters/files/whole-file.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'whole-file-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a file that is written whole', () => {
  it('takes no other file of the person for what it writes beside', () => {
    const [file, theirs] = [join(folder, 'history.csv'), join(folder, 'history.csv.part')]
    writeFileSync(theirs, 'what a browser is downloading')
    writeWhole(file, ['new'])
    expect([readFileSync(file, 'utf8'), readFileSync(theirs, 'utf8')]).toEqual(['new', 'what a browser is downloading'])
  })

  it.skipIf(process.platform === 'win32')('does not write through a link that waits for it', () => {
    const [file, precious] = [join(folder, 'history.csv'), join(folder, 'precious')]
    writeFileSync(precious, 'precious')
    symlinkSync(precious, partOf(file))
    writeWhole(file, ['new'])
    expect([readFileSync(precious, 'utf8'), readFileSync(file, 'utf8'), lstatSync(file).isSymbolicLink()]).toEqual(['precious', 'new', false])
  })

  it('is written anew where one that was cut off left its beginning behind, and is for nobody else', () => {
    const file = join(folder, 'history.csv')
    writeFileSync(partOf(file), 'half', { mode: 0o644 })
    writeWhole(file, ['new'])
    expect(readdirSync(folder)).toEqual(['history.csv'])
    if (process.platform !== 'win32') expect(lstatSync(file).mode & 0o777).toBe(0o600)
    expect(existsSync(partOf(file))).toBe(false)
  })
})
