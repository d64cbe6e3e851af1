import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { payloadsOf, readLedger } from '../support/ledger-file.ts'

const repo = fileURLToPath(new URL('../..', import.meta.url))

/** The one block of that language that contains the text. */
function block(paper: string, language: string, text: string): string {
  const blocks = [...paper.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, code = '']) => code)
  const [found = '', ...others] = blocks.filter((code) => code.includes(text))
  expect(found).toContain(text)
  expect(others).toEqual([])
  return found
}

/** As on a machine that has no display, no session bus, no keychain, and none of our programs on its PATH. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
  return { PATH: path.join(delimiter), HOME: process.env['HOME'] }
}

test('the ten lines of docs/TESTING.md buy on a bare machine, saved and run as they are printed', async () => {
  test.skip(process.platform === 'win32', 'the command is for a POSIX shell')
  const paper = await readFile(join(repo, 'docs/TESTING.md'), 'utf8')
  const example = block(paper, 'ts', '_electron.launch')
  const command = block(paper, 'sh', 'buy.ts')
  const script = join(repo, 'buy.ts')
  const triedBySomebody = await readFile(script).catch(() => null)
  // The command's `mktemp -d` makes the data folder in here.
  const temporary = await mkdtemp(join(tmpdir(), 'tuppence-outside-'))
  try {
    await writeFile(script, example)
    await promisify(execFile)('sh', ['-euc', command], { cwd: repo, env: { ...bareEnvironment(), TMPDIR: temporary } })
    const [dataFolder = ''] = (await readdir(temporary)).filter((name) => name.startsWith('tmp.'))
    expect(payloadsOf(readLedger(join(temporary, dataFolder)), 'purchase.succeeded')).toHaveLength(1)
  } finally {
    await (triedBySomebody === null ? rm(script) : writeFile(script, triedBySomebody))
    await rm(temporary, { recursive: true, force: true })
  }
})
