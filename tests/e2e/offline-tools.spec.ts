/** What can be checked without the app, on what the app has left behind. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { cheapOffer } from '../support/offers.ts'
import { expect, test } from '../support/fixtures.ts'
import { tamper } from '../support/tamper.ts'
import { join } from 'node:path'

interface Ended {
  readonly code: number
  readonly said: string
}

/** Runs a script of the project as a person does. */
function runner(env: Readonly<Record<string, string | undefined>>) {
  return async (script: string, ...args: string[]): Promise<Ended> => {
    const options = { env: { ...process.env, ...env } }
    return promisify(execFile)(process.execPath, [script, ...args], options).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, said: stdout + stderr }),
    )
  }
}

/** The matcher is typed as the class it is of, not as what it stands for. */
function containing(part: string): string {
  return expect.stringContaining(part) as unknown as string
}

test('P3 the offline verifier and the comparison agree with the app, and find out what was changed after it', async ({ launch, dataDir, keychain }) => {
  const tuppence = await launch()
  await tuppence.launcher.buy(cheapOffer.title)
  await (await tuppence.confirm()).approve()
  await expect(tuppence.launcher.notice).toContainText('Paid')
  const [charge] = await tuppence.sandbox.charges()
  const run = runner(keychain.env)

  const whileOpen = await run('scripts/verify.ts', dataDir)
  expect(whileOpen).toEqual({ code: 0, said: containing('Clean') })
  await tuppence.close()

  expect(await run('scripts/verify.ts', dataDir, '--json')).toEqual({ code: 0, said: containing('"unchecked":0') })
  expect(await run('scripts/reconcile.ts', '--data', dataDir)).toEqual({ code: 0, said: '1 charges agree, to the cent; 0 differences.\n' })

  const stranger = await startPrivateKeychain()
  try {
    expect(await runner(stranger.env)('scripts/verify.ts', dataDir)).toMatchObject({ code: 3, said: containing('no key') })
  } finally {
    await stranger.stop()
  }

  tamper(join(dataDir, 'ledger.sqlite'), (db) => db.exec(`DELETE FROM purchases; DELETE FROM postings`))
  expect(await run('scripts/verify.ts', dataDir)).toMatchObject({ code: 2, said: containing('First bad event') })
  const compared = await run('scripts/reconcile.ts', '--data', dataDir)
  expect(compared).toMatchObject({ code: 2, said: containing(charge?.receiptNumber ?? '?') })
  expect(compared.said).toContain('charged by the gateway, not in the ledger')
  expect(await run('scripts/verify.ts')).toMatchObject({ code: 64 })
})
