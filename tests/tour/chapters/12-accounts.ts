import { expect } from '@playwright/test'
import type { KeptSignIn } from '../../../src/main/ports/session.ts'
import { createGatewayClient } from '../../support/gateway-client.ts'
import { chooseOperatorPin, kioskOf } from '../../support/kiosk.ts'
import { cheapOffer } from '../../support/offers.ts'
import { accountScreen } from '../../support/pages/account-screen.ts'
import { oauthCalls } from '../../support/signing-in.ts'
import { somebody, untilSignedIn } from '../../support/somebody.ts'
import type { Chapter } from '../chapter.ts'

const robin = 'robin@example.org'

export const accounts: Chapter = {
  title: 'sign up on the phone, sign in on the kiosk, and a stolen token is worthless',
  async play(tuppence, album, kept) {
    const { launcher, sandbox } = tuppence
    const { page } = launcher
    const [kiosk, account] = [kioskOf(tuppence), accountScreen(page)]
    await chooseOperatorPin(tuppence)
    await kiosk.start.click()
    await launcher.buy(cheapOffer.title)
    await expect(launcher.notice).toContainText('Buying here needs an account')
    await album.take(page, 'kiosk-needs-an-account')
    await launcher.notice.getByRole('button', { name: 'Sign in or sign up' }).click()
    await expect(account.qr).toBeVisible()
    await album.take(page, 'kiosk-code-and-qr')

    const person = await somebody(tuppence)
    const { userCode } = (await page.evaluate(() => window.tuppence.account.get())) as { userCode: string }
    await person.pages.openScreen(userCode)
    await album.take(person.page, 'phone-sign-in')
    await person.pages.askForAccount(robin)
    await album.take(person.page, 'phone-enter-the-code')
    await person.pages.enterCode(await person.codeTo(robin))
    await expect(person.page.getByRole('button', { name: 'Allow', exact: true })).toBeVisible()
    await album.take(person.page, 'phone-let-this-screen-in')
    await person.pages.allowDevice()
    await album.take(person.page, 'phone-done')
    await untilSignedIn(tuppence)

    const confirm = await tuppence.confirm()
    await expect(confirm.page.getByText('A code was sent to')).toBeVisible()
    await album.take(confirm.page, 'kiosk-second-factor')
    await confirm.approveWithCode(await person.codeTo(robin))
    await expect(launcher.notice).toContainText('Paid')
    await album.take(page, 'kiosk-paid-by-the-account')

    const { url, pins, controlToken } = await tuppence.electron.evaluate(() => globalThis.tuppenceSandbox!.gateway())
    const thief = createGatewayClient({ url, pin: pins[0]!, controlToken })
    const token = (JSON.parse(kept('session') ?? 'null') as KeptSignIn).session!.refreshToken
    const stolen = await oauthCalls(thief).refresh(await thief.enrolledDevice(), token)
    expect([stolen.status, stolen.body]).toMatchObject([400, { error: 'invalid_grant' }])
    await thief.close()

    await person.pages.open('/account/devices')
    await album.take(person.page, 'phone-devices')
    await kiosk.done.click()
    await expect(kiosk.start).toBeVisible()
    await album.take(page, 'kiosk-nothing-is-left')
    await person.pages.open('/account/events')
    await album.take(person.page, 'phone-what-happened')
    await person.close()
    expect(await sandbox.charges()).toHaveLength(1)
  },
}
