/**
 * better-auth's two-factor plug-in looks at sign-ins with a password alone. This holds the gateway's own rule against it, so that whoever
 * thinks of using the plug-in instead sees what would be lost.
 */
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { emailOTP } from 'better-auth/plugins/email-otp'
import { twoFactor } from 'better-auth/plugins/two-factor'
import Database from 'better-sqlite3'
import { Secret, TOTP } from 'otpauth'
import { expect, it } from 'vitest'
import { caller, openIdentityWorld, pendingOf } from '../../support/identity-world.ts'

const person = { email: 'ada@example.org', password: 'violet tram opens lemon', name: 'Ada' }

/** As its documentation has it: both plug-ins, and an account that has turned its second factor on. */
async function openPlugIns() {
  const codes: string[] = []
  const auth = betterAuth({
    baseURL: 'https://accounts.example.org',
    secret: 'only for this test, and long enough for it',
    telemetry: { enabled: false },
    database: new Database(':memory:'),
    emailAndPassword: { enabled: true },
    plugins: [twoFactor(), emailOTP({ sendVerificationOTP: async ({ otp }) => void codes.push(otp) })],
  })
  await (await getMigrations(auth.options)).runMigrations()
  const { headers } = await auth.api.signUpEmail({ body: person, returnHeaders: true })
  const signedIn = new Headers({ cookie: cookiesOf(headers) })
  const enabled = await auth.api.enableTwoFactor({ body: { password: person.password }, headers: signedIn })
  const secret = Secret.fromBase32('totpURI' in enabled ? new URL(enabled.totpURI).searchParams.get('secret')! : '')
  await auth.api.verifyTOTP({ body: { code: new TOTP({ secret }).generate() }, headers: signedIn })
  return { auth, codes }
}

const cookiesOf = (headers: Headers) => headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]).join('; ')

it('better-auth’s own plug-ins let somebody in with a code by e-mail alone, though the account has a second factor', async () => {
  const { auth, codes } = await openPlugIns()
  const byPassword = await auth.api.signInEmail({ body: person })
  expect(byPassword).toMatchObject({ twoFactorRedirect: true })
  await auth.api.sendVerificationOTP({ body: { email: person.email, type: 'sign-in' } })
  const byCode = await auth.api.signInEmailOTP({ body: { email: person.email, otp: codes.at(-1)! } })
  expect(byCode.token).toEqual(expect.any(String))
})

it('this gateway wants the second factor of them all the same', async () => {
  const world = await openIdentityWorld()
  const { session, accountId } = await world.signUp(person.email)
  await world.addTotp(session)
  const pending = pendingOf(await world.identity.sendSignInCode({ email: person.email, proof: null }, caller))
  const result = await world.identity.signInWithCode({ pending, code: await world.codeTo(person.email) }, caller)
  expect(result).toMatchObject({ kind: 'secondFactor', ways: [{ method: 'totp' }, { method: 'recovery' }] })
  expect(await world.eventsOf(accountId)).not.toContain('signedIn')
  await world.close()
})
