/** What people do on the pages, from the first visit to the last. */
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { goodPassword, minute } from '../../support/identity-world.ts'
import { type PagesWorld, startPagesWorld } from '../../support/pages-world.ts'
import type { Visitor } from '../../support/page-visitor.ts'

let world: PagesWorld
let visitor: Visitor
beforeAll(async () => {
  world = await startPagesWorld()
})
beforeEach(() => {
  // So that nobody pays for what was tried before.
  world.clock.nowMs += 60 * minute
  visitor = world.visitor()
})
afterAll(() => world.close())

/** What an authenticator shows, once no step of it was used before. */
function appCode(secret: string): string {
  world.clock.nowMs += minute
  return new TOTP({ secret }).generate({ timestamp: world.clock.nowMs })
}

async function addTotp(by: Visitor): Promise<{ secret: string; codes: string[] }> {
  const page = await by.get('/account/authenticator')
  const secret = (/data-secret>([A-Z2-7 ]+)</.exec(page.text)?.[1] ?? '').replaceAll(' ', '')
  const added = await by.send('/account/authenticator', { code: appCode(secret) })
  expect(added.heading).toBe('Your recovery codes')
  return { secret, codes: [...added.text.matchAll(/<li>(\w{5}-\w{5})<\/li>/g)].map(([, code]) => code ?? '') }
}

describe('a screen that somebody wants to sign in on', () => {
  it('is reached by its code, through a new account, and is signed in by one press', async () => {
    const { device, userCode, deviceCode } = await world.waitingScreen()
    const arrived = await visitor.get(`/device?code=${userCode.toLowerCase().replace('-', '')}`)
    expect(arrived).toMatchObject({ status: 200, heading: 'Sign in' })
    expect(arrived.words).toContain(`To sign in on the screen with the code ${userCode}`)
    const asked = await world.signUp(visitor, 'new@example.org', '')
    expect(asked).toMatchObject({ heading: 'Sign in on this screen?', path: `/device?code=${userCode}` })
    for (const words of [userCode, 'Tuppence on Linux', '127.0.0.1', 'new@example.org', 'See your name and e-mail address', 'Buy in your name; each purchase is asked again in a window of its own'])
      expect(asked.words).toContain(words)
    expect(asked.words).not.toContain('public screen')
    expect((await world.oauth.redeem(device, deviceCode)).body).toMatchObject({ error: 'authorization_pending' })
    expect(await visitor.send('/device', { answer: 'allow' })).toMatchObject({ heading: 'You are signed in there' })
    world.clock.nowMs += minute
    expect((await world.oauth.redeem(device, deviceCode)).body).toMatchObject({ token_type: 'DPoP' })
    expect((await visitor.get('/account/devices')).words).toContain('Tuppence on Linux')
  })

  it('of a kiosk says that anybody can stand there; what is not a clear yes is a no', async () => {
    await world.signUp(visitor, 'kiosk@example.org', '')
    const { device, userCode, deviceCode } = await world.waitingScreen({ is_kiosk: 'true' })
    const asked = await visitor.get(`/device?code=${userCode}`)
    expect(asked.words).toContain('Anybody can stand in front of this screen. You are signed out when your turn ends.')
    expect(asked.text).not.toMatch(/checked|autofocus/)
    expect(await visitor.send('/device', { answer: 'perhaps' })).toMatchObject({ heading: 'Denied' })
    expect((await world.oauth.redeem(device, deviceCode)).body).toMatchObject({ error: 'access_denied' })
    expect(await visitor.get(`/device?code=${userCode}`)).toMatchObject({ status: 404, heading: 'Sign in on another screen' })
  })

  it('with a code that cannot be, is unknown or has run out says so, and keeps what was typed', async () => {
    const wrong = await visitor.get('/device?code=ABC')
    expect(wrong).toMatchObject({ status: 422 })
    expect(wrong.text).toContain('value="ABC"')
    expect(wrong.words).toContain('The code has eight letters')
    expect((await visitor.get('/device?code=BBBB-BBBB')).words).toContain('Nobody waits with this code')
    await world.signUp(visitor, 'late@example.org', '')
    const { userCode } = await world.waitingScreen()
    await visitor.get(`/device?code=${userCode}`)
    world.clock.nowMs += 11 * minute
    expect(await visitor.send('/device', { answer: 'allow' })).toMatchObject({ heading: 'This code has run out' })
  })
})

describe('signing up and in', () => {
  it('a weak password and a wrong address are told at their field; the address stays, the password does not', async () => {
    await visitor.get('/account/sign-up')
    const weak = await visitor.send('/account/sign-up', { email: 'weak@example.org', password: 'qwertyuiop', proof: await visitor.prove() })
    expect(weak).toMatchObject({ status: 422 })
    expect(weak.text).toContain('value="weak@example.org"')
    expect(weak.text).not.toContain('qwertyuiop')
    expect(weak.text).toMatch(/id="password"[^>]*aria-invalid="true"\s+aria-describedby="password-error password-hint"/)
    expect(weak.words).toContain('This password is too easy to guess.')
    const noAddress = await visitor.send('/account/sign-up', { email: 'nobody', password: '' })
    expect(noAddress.text).toContain('value="nobody"')
    expect(noAddress.text).toContain('<title>Error: Create your account – Tuppence</title>')
  })

  it('without a proof of work nobody is signed up', async () => {
    await visitor.get('/account/sign-up')
    const refused = await visitor.send('/account/sign-up', { email: 'robot@example.org', password: '', proof: '' })
    expect(refused).toMatchObject({ status: 422 })
    expect(refused.words).toContain('has to be made again')
    expect((await world.messages()).filter(({ to }) => to === 'robot@example.org')).toEqual([])
  })

  it('a wrong code asks again, another one can be sent, and the one before counts no more', async () => {
    await visitor.get('/account/sign-up')
    await visitor.send('/account/sign-up', { email: 'again@example.org', password: '', proof: await visitor.prove() })
    const first = await world.codeTo('again@example.org')
    const wrong = await visitor.send('/account/sign-up/code', { code: first === '000000' ? '000001' : '000000' })
    expect(wrong).toMatchObject({ status: 422, heading: 'Enter the code' })
    expect(wrong.text).toMatch(/autocomplete="one-time-code"\s+inputmode="numeric"/)
    world.clock.nowMs += minute
    expect((await visitor.send('/account/sign-up/code', { send: 'yes' })).words).toContain('Another code is on its way')
    const second = await world.codeTo('again@example.org')
    expect((await visitor.send('/account/sign-up/code', { code: first })).status).toBe(first === second ? 200 : 422)
    const done = await visitor.send('/account/sign-up/code', { code: `${second.slice(0, 3)} ${second.slice(3)}` })
    expect(done).toMatchObject({ status: 200, heading: 'Your account' })
    expect(done.words).toContain('Your account is ready.')
    expect((await visitor.get('/account')).words).not.toContain('Your account is ready.')
  })

  it('somebody whose place is lost is told, and goes on', async () => {
    for (const path of ['/account/sign-up/code', '/account/sign-in/code', '/account/sign-in/second']) expect(await visitor.get(path)).toMatchObject({ heading: 'This has run out' })
    await visitor.get('/account/sign-up')
    await visitor.send('/account/sign-up', { email: 'slow@example.org', password: '', proof: await visitor.prove() })
    world.clock.nowMs += 31 * minute
    expect(await visitor.get('/account/sign-up/code')).toMatchObject({ heading: 'This has run out' })
  })

  it('several wrong passwords want a proof of work and then time, and say how long', async () => {
    await world.signUp(visitor, 'guessed@example.org')
    const guesser = world.visitor()
    await guesser.get('/account/sign-in')
    const guess = async (proof?: string) => guesser.send('/account/sign-in', { email: 'guessed@example.org', password: 'wrong', way: 'password', ...(proof && { proof }) })
    for (let tries = 0; tries < 3; tries += 1) expect((await guess()).words).toContain('Address and password do not fit together')
    const hot = await guess()
    expect(hot.words).toContain('Your device now also checks that you are not a robot')
    expect(hot.text).toMatch(/data-proof="\/account\/proof"\s+data-at-once/)
    for (let tries = 0; tries < 2; tries += 1) await guess(await guesser.prove())
    const locked = await guess(await guesser.prove())
    expect(locked).toMatchObject({ status: 429, headers: { 'retry-after': '30' } })
    expect(locked.words).toContain('Wait 30 seconds, then try again')
    expect(locked.text).toContain('value="guessed@example.org"')
  })

  it('with an authenticator the password leads to the second factor, best way first; a recovery code counts once', async () => {
    await world.signUp(visitor, 'two@example.org')
    const { secret, codes } = await addTotp(visitor)
    expect(codes).toHaveLength(10)
    expect((await visitor.get('/account/recovery-codes')).text).toContain(codes[0])
    await visitor.send('/account/recovery-codes', { way: 'kept' })
    expect((await visitor.get('/account/recovery-codes')).text).not.toContain(codes[0])
    await visitor.get('/account')
    await visitor.send('/account/sign-out', {})
    expect((await visitor.get('/account')).heading).toBe('Sign in')

    const password = async () => visitor.send('/account/sign-in', { email: 'two@example.org', password: goodPassword, way: 'password' })
    const second = await password()
    expect(second.heading).toBe('Second factor')
    expect(second.words).toMatch(/Code of your authenticator app.*Another way.*Recovery code/)
    expect(second.words).not.toContain('Code by e-mail')
    expect((await visitor.send('/account/sign-in/second', { way: 'totp', code: '000000' })).words).toContain('Your app shows a new one every 30 seconds')
    expect(await visitor.send('/account/sign-in/second', { way: 'totp', code: appCode(secret) })).toMatchObject({ heading: 'Your account' })

    for (const heading of ['Your account', 'Second factor']) {
      await visitor.get('/account')
      await visitor.send('/account/sign-out', {})
      await visitor.get('/account/sign-in')
      await password()
      await visitor.get('/account/sign-in/second?way=recovery')
      expect(await visitor.send('/account/sign-in/second', { way: 'recovery', code: (codes[0] ?? '').toUpperCase() })).toMatchObject({ heading })
    }
  })

  it('a code by mail alone is not enough where there is a second factor', async () => {
    await world.signUp(visitor, 'mailed@example.org')
    const { secret } = await addTotp(visitor)
    const other = world.visitor()
    await other.get('/account/sign-in')
    await other.send('/account/sign-in', { email: 'mailed@example.org', way: 'code' })
    const second = await other.send('/account/sign-in/code', { code: await world.codeTo('mailed@example.org') })
    expect(second).toMatchObject({ heading: 'Second factor' })
    expect(second.words).not.toContain('Code by e-mail')
    expect((await other.get('/account')).heading).toBe('Sign in')
    await other.get('/account/sign-in/second')
    expect(await other.send('/account/sign-in/second', { way: 'totp', code: appCode(secret) })).toMatchObject({ heading: 'Your account' })
  })

  it('a mailed link sets a new password once, and leaves the address at once', async () => {
    await world.signUp(visitor, 'forgot@example.org')
    const other = world.visitor('de')
    await other.get('/account/forgotten')
    expect(await other.send('/account/forgotten', { email: 'forgot@example.org', proof: await other.prove() })).toMatchObject({ heading: 'Sieh in dein Postfach' })
    const link = new URL((await world.messages()).map(({ text }) => /https:\S+\/account\/reset\?token=\S+/.exec(text)?.[0]).findLast(Boolean) ?? '')
    expect(link.origin).toBe(world.origin)
    const opened = await other.get(`${link.pathname}${link.search}`)
    expect(opened).toMatchObject({ heading: 'Neues Passwort wählen', path: '/account/reset' })
    expect(await other.send('/account/reset', { password: 'short' })).toMatchObject({ status: 422, heading: 'Neues Passwort wählen' })
    expect((await other.send('/account/reset', { password: 'marble cactus window seven' })).words).toContain('Dein neues Passwort gilt ab jetzt')
    await other.get(`${link.pathname}${link.search}`)
    expect(await other.send('/account/reset', { password: 'marble cactus window eight' })).toMatchObject({ heading: 'Dieser Link zählt nicht mehr' })
    expect((await visitor.get('/account')).heading).toBe('Sign in')
  })
})

describe('the account', () => {
  it('is where the bare address leads', async () => {
    expect(await visitor.get('/')).toMatchObject({ path: '/account/sign-in', heading: 'Sign in' })
  })

  it('name, amount and password are changed, and said to be', async () => {
    await world.signUp(visitor, 'own@example.org', '')
    await visitor.get('/account/name')
    expect((await visitor.send('/account/name', { name: '<b>Robin</b>' })).text).toContain('&lt;b&gt;Robin&lt;/b&gt;')
    await visitor.get('/account/amount')
    expect(await visitor.send('/account/amount', { amount: 'much' })).toMatchObject({ status: 422 })
    expect((await visitor.send('/account/amount', { amount: '0' })).words).toContain('Every purchase')
    await visitor.get('/account/password')
    expect((await visitor.send('/account/password', { password: goodPassword })).words).toContain('Your new password counts from now on')
  })

  it('what wants a fresh sign-in asks for it, and what was typed is still there', async () => {
    await world.signUp(visitor, 'stale@example.org')
    await visitor.get('/account/amount')
    world.clock.nowMs += 11 * minute
    const confirm = await visitor.send('/account/amount', { amount: '99.50' })
    expect(confirm.heading).toBe('Is it you?')
    expect((await visitor.send('/account/confirm', { way: 'password', password: 'wrong' })).words).toContain('This password is not right')
    await visitor.send('/account/confirm', { way: 'password', password: goodPassword })
    const back = await visitor.send('/account/sign-in/second', { way: 'email', code: await world.codeTo('stale@example.org') })
    expect(back).toMatchObject({ path: '/account/amount', heading: 'When a purchase asks for a code' })
    expect(back.text).toContain('value="99.50"')
    expect((await visitor.send('/account/amount', { amount: '99.50' })).words).toContain('€99.50')
  })

  it('without a password a code does', async () => {
    await world.signUp(visitor, 'codeonly@example.org', '')
    world.clock.nowMs += 11 * minute
    expect((await visitor.get('/account/authenticator')).heading).toBe('Is it you?')
    await visitor.send('/account/confirm', { way: 'code' })
    expect(await visitor.send('/account/sign-in/code', { code: await world.codeTo('codeonly@example.org') })).toMatchObject({ path: '/account/authenticator', heading: 'Add an authenticator app' })
  })

  it('a phone is added by a code that goes there', async () => {
    await world.signUp(visitor, 'phone@example.org')
    await visitor.get('/account/phone')
    expect((await visitor.send('/account/phone', { phone: '0151 2345' })).words).toContain('Write the number with +')
    await visitor.send('/account/phone', { phone: '+49 1512 3456789' })
    const added = await visitor.send('/account/phone/code', { code: await world.codeTo('+4915123456789') })
    expect(added.heading).toBe('Your recovery codes')
    expect((await visitor.send('/account/recovery-codes', { way: 'kept' })).words).toContain('+4915123456789')
  })

  it('what happened can be searched, and signing out everywhere ends every browser', async () => {
    await world.signUp(visitor, 'events@example.org')
    const other = world.visitor('de')
    await world.signIn(other, 'events@example.org')
    expect((await visitor.get('/account/events')).words).toContain('Account created')
    const found = await other.get('/account/events?kind=signIn&q=web')
    expect(found.words).toMatch(/\d von \d Einträgen/)
    expect(found.words).toContain('Im Web angemeldet')
    expect(found.words).not.toContain('Konto angelegt')
    await visitor.get('/account/devices')
    expect((await visitor.send('/account/devices', { way: 'everywhere' })).words).toContain('You are signed out everywhere')
    expect((await other.get('/account')).heading).toBe('Anmelden')
  })

  it('all data is one file, and deleting wants the address typed', async () => {
    await world.signUp(visitor, 'leaving@example.org')
    await visitor.get('/account/download')
    const file = await visitor.send('/account/download', {})
    expect(file.headers['content-disposition']).toBe('attachment; filename="tuppence-account.json"')
    expect(JSON.parse(file.text)).toMatchObject({ account: { email: 'leaving@example.org' }, devices: [] })
    await visitor.get('/account/delete')
    const wrong = await visitor.send('/account/delete', { email: 'leaving@example.com' })
    expect(wrong).toMatchObject({ status: 422 })
    expect(wrong.text).toContain('value="leaving@example.com"')
    expect(await visitor.send('/account/delete', { email: ' Leaving@example.org' })).toMatchObject({ heading: 'Your account is deleted' })
    expect((await visitor.get('/account')).heading).toBe('Sign in')
  })
})
