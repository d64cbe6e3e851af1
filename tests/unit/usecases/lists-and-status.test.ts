import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import type { Preferences } from '../../../src/contract/ipc/status.ts'
import type { Gateway, GatewayProblem } from '../../../src/main/ports/gateway.ts'
import { createListCatalogue } from '../../../src/main/usecases/list-catalogue.ts'
import { appearanceFor, reportStatus } from '../../../src/main/usecases/report-status.ts'
import { createTrustedNow } from '../../../src/main/usecases/trusted-now.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { notSentProblem, unsignedProblem } from '../../support/fake-gateway.ts'
import { createFakeLedgerAccess } from '../../support/fake-ledger-access.ts'
import { bundleOffer, itemOffer, passOffer, smallCatalogue } from '../../support/fake-offers.ts'

const listCatalogue = (gateway: Gateway) => createListCatalogue({ gateway, onListed: () => {} })

describe('the catalogue', () => {
  it('has every offer, and the unit price of a bundle', async () => {
    const listed = v.parse(launcherContract.calls['catalogue.list'].output, await listCatalogue(createBuyingWorld().gateway)())
    expect(listed).toEqual({
      kind: 'ok',
      sellers: smallCatalogue.sellers,
      offers: [
        { offer: itemOffer },
        { offer: bundleOffer, unitPrice: { decimal: '1.22', currency: 'JPY', exact: true } },
        { offer: passOffer },
      ],
    })
  })

  it('leaves out what cannot be paid for in a known currency, and keeps the rest', async () => {
    const { gateway } = createBuyingWorld()
    const odd = ['ZZZ', 'XTS', 'MRU'].map((currency) => ({ ...bundleOffer, id: currency, price: { amount: '99', currency } }))
    gateway.catalogue = async () => ({ ...smallCatalogue, offers: [...odd, itemOffer] })
    expect(await listCatalogue(gateway)()).toMatchObject({ kind: 'ok', offers: [{ offer: itemOffer }] })
  })

  it.each<[GatewayProblem, string]>([
    [notSentProblem, 'gatewayUnreachable'],
    [unsignedProblem, 'signatureNotTrusted'],
    [{ kind: 'notConfigured', sent: false }, 'gatewayNotConfigured'],
  ])('says why there is none: %j', async (problem, reason) => {
    const world = createBuyingWorld()
    world.gateway.fail('catalogue', problem)
    expect(await listCatalogue(world.gateway)()).toEqual({ kind: 'unavailable', reason })
  })

  it('hands on a bug', async () => {
    const world = createBuyingWorld()
    world.gateway.fail('catalogue', new TypeError('a bug'))
    await expect(listCatalogue(world.gateway)()).rejects.toThrow('a bug')
  })
})

const surroundings = { sandbox: true, version: '1.2.3', dataFolder: '/data', systemLanguages: ['de-AT', 'en-GB'] }
const chosen = (language: Preferences['language']): Preferences => ({ language, theme: 'light' })

describe('the status', () => {
  it('is what the parts say right now, in the form of the contract', () => {
    const world = createBuyingWorld()
    const status = () => v.parse(launcherContract.calls['app.status'].output, reportStatus(world, chosen('en'), surroundings))
    expect(status()).toMatchObject({ vault: 'ready', ledger: 'ready', gateway: 'starting', version: '1.2.3', dataFolder: '/data' })
    world.ledger.setVault('locked')
    world.ledger.setState('tampered')
    expect(status()).toMatchObject({ vault: 'locked', ledger: 'tampered', preferences: chosen('en') })
  })

  it.each<[Preferences['language'], string[], string, string]>([
    ['system', ['de-AT', 'en-GB'], 'de', 'de-AT'],
    ['system', ['fr-FR', 'en-GB'], 'en', 'en-GB'],
    ['system', ['fr-FR'], 'en', 'en'],
    ['system', [], 'en', 'en'],
    ['system', ['DE'], 'de', 'DE'],
    ['en', ['de-AT'], 'en', 'en'],
    ['en', ['de-AT', 'en-IE'], 'en', 'en-IE'],
    ['de', ['en-GB'], 'de', 'de'],
  ])('with %s chosen on a computer in %j speaks %s as in %s', (language, systemLanguages, spoken, locale) => {
    const appearance = appearanceFor(chosen(language), { ...surroundings, systemLanguages })
    expect(appearance).toEqual({ language: spoken, locale, theme: 'light', sandbox: true })
  })
})

describe('the time that decisions use', () => {
  it('P4 P5 is the latest of computer, newest event and signed time, and turning the clock back changes nothing', () => {
    const clock = createFakeClock(5_000)
    const parts = { newestMs: 0, gatewayMs: 0 }
    const { log } = createBuyingWorld()
    const ledger = createFakeLedgerAccess({ ...log, newestAtMs: () => parts.newestMs })
    const trustedNow = createTrustedNow({ clock, ledger, latestGatewayTime: () => parts.gatewayMs })
    expect(trustedNow()).toBe(5_000)
    parts.newestMs = 7_000
    expect(trustedNow()).toBe(7_000)
    parts.gatewayMs = 9_000
    clock.set(0)
    expect(trustedNow()).toBe(9_000)
    ledger.setLog(null)
    expect(trustedNow()).toBe(9_000)
  })
})
