/** What all Credentials do, those in memory and those on a keychain. */
import { randomUUID } from 'node:crypto'
import { TOTP } from 'otpauth'
import { expect, it } from 'vitest'
import type { Credentials, NewSecondFactor } from '../../../src/main/ports/credentials.ts'

export interface CredentialsSubject {
  open(): Credentials
}

const nowMs = Date.parse('2026-11-23T09:00:10.000Z')
const step = Math.floor(nowMs / 30_000)

/** What an authenticator shows that has read the URI. */
function codeAt({ uri }: NewSecondFactor, atMs: number): string {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return new TOTP({ secret }).generate({ timestamp: atMs })
}

export function describeCredentials({ open }: CredentialsSubject): void {
  const member = randomUUID()

  async function withBoth(): Promise<{ credentials: Credentials; secondFactor: NewSecondFactor }> {
    const credentials = open()
    const secondFactor = await credentials.newSecondFactor('Ada')
    await credentials.setPin(member, '2580')
    await credentials.setSecondFactor(member, secondFactor)
    return { credentials, secondFactor }
  }

  it('know nothing of a member before there is a PIN', async () => {
    const credentials = open()
    expect(await credentials.has(member)).toEqual({ pin: false, secondFactor: false })
    expect(await credentials.compare(member, { pin: '2580' }, nowMs)).toBeNull()
  })

  it('tell the PIN from others, for each member', async () => {
    const credentials = open()
    const other = randomUUID()
    await credentials.setPin(member, '2580')
    await credentials.setPin(other, '0852')
    expect(await credentials.has(member)).toEqual({ pin: true, secondFactor: false })
    expect(await credentials.compare(member, { pin: '2580' }, nowMs)).toEqual({ pin: true, code: null })
    expect(await credentials.compare(member, { pin: '0852' }, nowMs)).toEqual({ pin: false, code: null })
    expect(await credentials.compare(other, { pin: '0852' }, nowMs)).toEqual({ pin: true, code: null })
    expect(await credentials.has(randomUUID())).toEqual({ pin: false, secondFactor: false })
  })

  it('know no code of a member without a second factor', async () => {
    const credentials = open()
    await credentials.setPin(member, '2580')
    expect(await credentials.compare(member, { pin: '2580', code: '123456' }, nowMs)).toEqual({ pin: true, code: null })
  })

  it('compare PIN and code each by itself', async () => {
    const { credentials, secondFactor } = await withBoth()
    const code = codeAt(secondFactor, nowMs)
    expect(await credentials.has(member)).toEqual({ pin: true, secondFactor: true })
    expect(await credentials.compare(member, { pin: '2580', code }, nowMs)).toEqual({ pin: true, code: { kind: 'step', step } })
    expect(await credentials.compare(member, { pin: '2581', code }, nowMs)).toEqual({ pin: false, code: { kind: 'step', step } })
    expect(await credentials.compare(member, { pin: '2580' }, nowMs)).toEqual({ pin: true, code: null })
  })

  it('take a code one step early or late and name its step, and none two steps away', async () => {
    const { credentials, secondFactor } = await withBoth()
    const stepsTaken = await Promise.all(
      [-2, -1, 0, 1, 2].map(async (away) => {
        const code = codeAt(secondFactor, nowMs + away * 30_000)
        return (await credentials.compare(member, { pin: '2580', code }, nowMs))?.code
      }),
    )
    expect(stepsTaken).toEqual([null, { kind: 'step', step: step - 1 }, { kind: 'step', step }, { kind: 'step', step: step + 1 }, null])
  })

  it('take each recovery code by its number, however it was typed, and as often as asked', async () => {
    const { credentials, secondFactor } = await withBoth()
    expect(secondFactor.recoveryCodes).toHaveLength(10)
    const ninth = secondFactor.recoveryCodes[9]!
    const typed = ninth.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    for (const code of [ninth, ninth, typed]) {
      expect(await credentials.compare(member, { pin: '1', code }, nowMs)).toEqual({ pin: false, code: { kind: 'recovery', index: 9 } })
    }
    for (const code of ['ABCDE-FGHJK', 'ABCDE', '', 'ümlaut']) {
      expect(await credentials.compare(member, { pin: '2580', code }, nowMs)).toEqual({ pin: true, code: null })
    }
  })

  it('forget a recovery code that was used up, and keep the others under their numbers', async () => {
    const { credentials, secondFactor } = await withBoth()
    const compared = async (index: number) => (await credentials.compare(member, { pin: '2580', code: secondFactor.recoveryCodes[index]! }, nowMs))?.code
    await credentials.useUpRecoveryCode(member, 3)
    await credentials.useUpRecoveryCode(member, 3)
    expect([await compared(2), await compared(3), await compared(4)]).toEqual([{ kind: 'recovery', index: 2 }, null, { kind: 'recovery', index: 4 }])
    expect(await credentials.compare(member, { pin: '2580', code: codeAt(secondFactor, nowMs) }, nowMs)).toEqual({ pin: true, code: { kind: 'step', step } })
    await credentials.useUpRecoveryCode(randomUUID(), 0)
  })

  it('keep the second factor when the PIN changes', async () => {
    const { credentials, secondFactor } = await withBoth()
    await credentials.setPin(member, '0852')
    const code = codeAt(secondFactor, nowMs)
    expect(await credentials.compare(member, { pin: '0852', code }, nowMs)).toEqual({ pin: true, code: { kind: 'step', step } })
    expect(await credentials.compare(member, { pin: '2580', code }, nowMs)).toMatchObject({ pin: false })
  })

  it('put a new second factor in the place of the one before, with its recovery codes, and keep the PIN', async () => {
    const { credentials, secondFactor: before } = await withBoth()
    const after = await credentials.newSecondFactor('Ada')
    const compared = async (code: string) => (await credentials.compare(member, { pin: '2580', code }, nowMs))?.code
    expect(await compared(before.recoveryCodes[0]!)).toEqual({ kind: 'recovery', index: 0 })
    await credentials.setSecondFactor(member, after)
    expect(await compared(codeAt(before, nowMs))).toBeNull()
    expect(await compared(before.recoveryCodes[0]!)).toBeNull()
    expect(await compared(codeAt(after, nowMs))).toEqual({ kind: 'step', step })
    expect(await compared(after.recoveryCodes[0]!)).toEqual({ kind: 'recovery', index: 0 })
    expect(await credentials.compare(member, { pin: '2580' }, nowMs)).toMatchObject({ pin: true })
  })

  it('take a second factor before the PIN, which lets nobody in yet', async () => {
    const credentials = open()
    const secondFactor = await credentials.newSecondFactor('Ada')
    await credentials.setSecondFactor(member, secondFactor)
    expect(await credentials.has(member)).toEqual({ pin: false, secondFactor: true })
    expect(await credentials.compare(member, { pin: '', code: codeAt(secondFactor, nowMs) }, nowMs)).toBeNull()
    await credentials.setPin(member, '2580')
    expect(await credentials.has(member)).toEqual({ pin: true, secondFactor: true })
  })

  it('keep both when PIN and second factor are set at the same time', async () => {
    const credentials = open()
    const secondFactor = await credentials.newSecondFactor('Ada')
    await Promise.all([
      credentials.setSecondFactor(member, secondFactor),
      credentials.setPin(member, '2580'),
      credentials.setSecondFactor(member, secondFactor),
    ])
    expect(await credentials.has(member)).toEqual({ pin: true, secondFactor: true })
  })

  it('try a fresh second factor out without keeping it', async () => {
    const credentials = open()
    await credentials.setPin(member, '2580')
    const [one, other] = [await credentials.newSecondFactor('Ada'), await credentials.newSecondFactor('Ada')]
    expect(credentials.codeStep(one, codeAt(one, nowMs), nowMs)).toBe(step)
    expect(credentials.codeStep(one, codeAt(one, nowMs - 60_000), nowMs)).toBeNull()
    expect(credentials.codeStep(one, codeAt(other, nowMs), nowMs)).toBeNull()
    expect(credentials.codeStep(one, one.recoveryCodes[0]!, nowMs)).toBeNull()
    expect(await credentials.has(member)).toEqual({ pin: true, secondFactor: false })
  })

  it('make every second factor anew, with a QR code and whose it is', async () => {
    const credentials = open()
    const [one, other] = [await credentials.newSecondFactor('Ada'), await credentials.newSecondFactor('Ada')]
    expect(one.secret).not.toBe(other.secret)
    expect(new Set([...one.recoveryCodes, ...other.recoveryCodes]).size).toBe(20)
    expect(one.uri).toContain('Ada')
    expect(new URL(one.uri).searchParams.get('secret')).toBe(one.secret)
    expect(one.qr.join('')).toMatch(new RegExp(`^[01]{${one.qr.length ** 2}}$`))
  })
}
