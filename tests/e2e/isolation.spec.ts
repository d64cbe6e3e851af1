import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { cheapOffer } from '../support/offers.ts'

/** Every function that a page finds on its bridge, as `topic.name`. */
function bridgeKeys(page: Page, bridge: string): Promise<string[]> {
  return page.evaluate((name) => {
    const topics = (globalThis as unknown as Record<string, Record<string, object>>)[name]!
    return Object.entries(topics).flatMap(([topic, methods]) => Object.keys(methods).map((method) => `${topic}.${method}`)).sort()
  }, bridge)
}

const frozenLauncherBridge = [
  'account.cancelSignIn',
  'account.devices',
  'account.get',
  'account.onChanged',
  'account.openPage',
  'account.signIn',
  'account.signOut',
  'account.signOutDevice',
  'account.signOutEverywhere',
  'app.onChanged',
  'app.retry',
  'app.setPreferences',
  'app.status',
  'catalogue.list',
  'controls.change',
  'controls.get',
  'controls.loosen',
  'controls.onChanged',
  'controls.preview',
  'controls.setReminder',
  'controls.withdrawLoosening',
  'disputes.open',
  'documents.saveReceipt',
  'exclusion.askReturn',
  'exclusion.begin',
  'family.get',
  'family.onChanged',
  'history.cancelExport',
  'history.export',
  'history.facets',
  'history.onChanged',
  'history.onExportProgress',
  'history.purchase',
  'history.search',
  'history.summary',
  'household.addMember',
  'household.get',
  'household.onChanged',
  'household.rename',
  'household.setPin',
  'household.setSecondFactor',
  'household.setUp',
  'imports.cancel',
  'imports.choose',
  'imports.commit',
  'imports.list',
  'imports.onProgress',
  'imports.remap',
  'imports.reread',
  'imports.rows',
  'imports.undo',
  'insight.get',
  'insight.savePicture',
  'kiosk.begin',
  'kiosk.finish',
  'kiosk.get',
  'kiosk.here',
  'kiosk.leave',
  'kiosk.onAsked',
  'kiosk.onChanged',
  'kiosk.setPin',
  'kiosk.touch',
  'ledger.backUp',
  'ledger.care',
  'ledger.diagnose',
  'ledger.onChanged',
  'ledger.reconcile',
  'ledger.repair',
  'ledger.verify',
  'monitoring.answer',
  'monitoring.get',
  'monitoring.onChanged',
  'monitoring.thaw',
  'posture.get',
  'posture.save',
  'profiles.lock',
  'profiles.open',
  'profiles.touch',
  'purchase.latest',
  'purchase.onProgress',
  'purchase.request',
  'purchase.settle',
  'requests.answer',
  'requests.ask',
  'requests.withdraw',
  'statements.cancelSave',
  'statements.get',
  'statements.months',
  'statements.onProgress',
  'statements.save',
  'views.get',
  'views.keep',
  'views.remove',
  'views.save',
]
const frozenConfirmBridge = [
  'challenge.approve',
  'challenge.cancel',
  'challenge.deny',
  'challenge.get',
  'challenge.notMe',
  'challenge.onReflected',
  'question.answer',
  'question.cancel',
  'question.onChanged',
  'stepUp.sendCode',
  'window.onDisturbed',
  'window.onTurn',
  'window.touch',
]

test('P7 each page has exactly its own bridge, without Node, and the launcher has nothing that approves', async ({
  tuppence,
}) => {
  const { page } = tuppence.launcher
  expect(await bridgeKeys(page, 'tuppence')).toEqual(frozenLauncherBridge)
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  expect(await bridgeKeys(confirm.page, 'confirmation')).toEqual(frozenConfirmBridge)
  const globals = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron']
  const seen = (other: string) => [[...globals, other]] as const
  const find = (names: readonly string[]) => names.filter((name) => name in globalThis)
  expect(await page.evaluate(find, seen('confirmation')[0])).toEqual([])
  expect(await confirm.page.evaluate(find, seen('tuppence')[0])).toEqual([])
})

test('P1 an answer with a wrong digest, or to another challenge, approves nothing', async ({ tuppence }) => {
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await expect(confirm.pay).toHaveAttribute('aria-disabled', 'false')
  const attempts = await confirm.page.evaluate(async () => {
    const { challenge } = await window.confirmation.challenge.get()
    if (!challenge) throw new Error('no challenge')
    const { challengeId, digest } = challenge
    const wrong = [
      { challengeId, digest: `${digest.startsWith('A') ? 'B' : 'A'}${digest.slice(1)}` },
      { challengeId: 'another', digest },
      { challengeId, digest, amount: '1' },
      { challengeId },
      null,
    ]
    return Promise.all(
      wrong.map((answer) => window.confirmation.challenge.approve(answer as never).then(() => 'accepted', () => 'refused')),
    )
  })
  expect(attempts).toEqual(Array.from({ length: 5 }, () => 'refused'))
  expect(await tuppence.sandbox.charges()).toEqual([])
  await confirm.approve()
  await expect(tuppence.launcher.notice).toContainText('Paid')
  expect(await tuppence.sandbox.charges()).toHaveLength(1)
})

test('P1 a page script that answers in the first half second approves nothing', async ({ tuppence }) => {
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await expect(confirm.pay).toHaveAttribute('aria-disabled', 'false')
  await tuppence.sandbox.holdClock()
  await tuppence.moveConfirmWindow()
  const answerOfPage = () =>
    confirm.page.evaluate(async () => {
      const { challenge } = await window.confirmation.challenge.get()
      return window.confirmation.challenge.approve({ challengeId: challenge!.challengeId, digest: challenge!.digest })
    })
  expect(await answerOfPage()).toEqual({ kind: 'tooSoon' })
  await tuppence.sandbox.advanceClock(499)
  expect(await answerOfPage()).toEqual({ kind: 'tooSoon' })
  expect(await tuppence.sandbox.charges()).toEqual([])
  await tuppence.sandbox.releaseClock()
  await confirm.approve()
  await expect(tuppence.launcher.notice).toContainText('Paid')
})

test('P7 pages go nowhere, open nothing and run no foreign script', async ({ tuppence }) => {
  const { page } = tuppence.launcher
  await expect(tuppence.launcher.offer(cheapOffer.title)).toBeVisible()
  const before = page.url()
  await page.evaluate(() => {
    window.open('https://example.com/')
    location.href = 'https://example.com/'
  })
  await expect(tuppence.launcher.offer(cheapOffer.title)).toBeVisible()
  expect(page.url()).toBe(before)
  expect(tuppence.electron.windows()).toHaveLength(1)
  const attempts = await page.evaluate(async () => {
    const tryTo = async (act: () => unknown) => Promise.resolve().then(act).then(() => 'done', (error: Error) => error.name)
    // Outside of the debugger's own call, which may evaluate what the page's policy forbids.
    const fromThePage = (act: () => unknown) => new Promise((done) => setTimeout(() => done(tryTo(act))))
    return {
      eval: await fromThePage(() => (0, eval)('1')),
      html: await tryTo(() => (document.createElement('div').innerHTML = '<b>x</b>')),
    }
  })
  expect(attempts).toEqual({ eval: 'EvalError', html: 'TypeError' })
})

test("P7 pages reach no server, not even one on this computer: the page's policy forbids it", async ({ tuppence }) => {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('hello')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await (await fetch(`${origin}/from-the-test`)).text()).toBe('hello')
  await tuppence.launcher.buy(cheapOffer.title)
  const pages = [tuppence.launcher.page, (await tuppence.confirm()).page]
  for (const page of pages) {
    const seen = await page.evaluate(async (to) => {
      const forbidden: string[] = []
      const bothForbidden = Promise.withResolvers<void>()
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
        forbidden.push(`${effectiveDirective} ${blockedURI}`)
        if (forbidden.length === 2) bothForbidden.resolve()
      })
      const fetched = await fetch(`${to}/fetch`, { mode: 'no-cors' }).then(() => 'done', (error: Error) => error.name)
      const image = new Image()
      const loaded = new Promise((done) => {
        image.addEventListener('load', () => done('done'))
        image.addEventListener('error', () => done('refused'))
      })
      image.src = `${to}/image`
      const shown = await loaded
      await bothForbidden.promise
      return { fetched, shown, forbidden }
    }, origin)
    expect(seen).toEqual({
      fetched: 'TypeError',
      shown: 'refused',
      forbidden: [`connect-src ${origin}/fetch`, `img-src ${origin}/image`],
    })
  }
  expect(requests).toEqual(['GET /from-the-test'])
  server.close()
})

test('P7 pages have no permission, whatever this computer has to offer', async ({ tuppence }) => {
  const attempts = await tuppence.launcher.page.evaluate(async () => {
    const nameOf = (error: Error) => error.name
    const position = new Promise<GeolocationPositionError | null>((done) =>
      navigator.geolocation.getCurrentPosition(() => done(null), done),
    )
    const stateOf = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state
    return {
      notify: await Notification.requestPermission(),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'done', nameOf),
      microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'done', nameOf),
      position: (await position)?.code === GeolocationPositionError.PERMISSION_DENIED ? 'denied' : 'not denied',
      states: await Promise.all(['camera', 'microphone', 'geolocation', 'notifications'].map(stateOf)),
    }
  })
  expect(attempts).toEqual({
    notify: 'denied',
    camera: 'NotAllowedError',
    microphone: 'NotAllowedError',
    position: 'denied',
    states: ['denied', 'denied', 'denied', 'denied'],
  })
})
