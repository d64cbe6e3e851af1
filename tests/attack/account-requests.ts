/** Requests in the name of an account by whoever has copied its tokens, codes and signed texts, or has its device but not the second factor. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jwsTypes } from '../../src/contract/http/claims.ts'
import { createGateway } from '../../src/gateway/create-gateway.ts'
import type { Random } from '../crash/random.ts'
import { accountPurchases } from '../support/account-purchases.ts'
import { createFakeIdentity } from '../support/fake-identity.ts'
import { itemOffer, smallCatalogue } from '../support/fake-offers.ts'
import { type Answer, claimsOf, createGatewayClient, makeDevice, random32, type TestDevice } from '../support/gateway-client.ts'
import { hashOf, signingIn, type SignedInDevice, someone } from '../support/signing-in.ts'
import { headerOf } from '../support/tokens.ts'
import { type AttackFigures, noFigures, noteAccepted, noteCrash, tell } from './figures.ts'
import { publicKeyOf, type Signed, signedBy, spoiled } from './spoiled-tokens.ts'

async function open() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuppence-attack-'))
  const bugs: unknown[] = []
  const clock = { nowMs: Date.parse('2026-11-23T09:00:00.000Z') }
  const people = createFakeIdentity()
  const gateway = await createGateway({
    ...{ dataDir, catalogue: smallCatalogue, mode: 'sandbox', requestsPerMinute: 10_000_000, identity: people },
    now: () => clock.nowMs,
    onError: (error) => bugs.push(error),
  })
  const client = createGatewayClient(gateway, () => clock.nowMs)
  const devices = signingIn({ client, dataDir, people, now: () => clock.nowMs })
  return {
    ...{ clock, people, client, devices, bugs, shop: accountPurchases(client) },
    async close() {
      await devices.close()
      await client.close()
      await gateway.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
type World = Awaited<ReturnType<typeof open>>

/** Both are signed in. The thief has their own device, and all that the victim's was ever given, but for its key. */
async function meet({ clock, people, client, devices, shop }: World) {
  for (const accountId of ['victim', 'thief', 'other']) people.add(accountId)
  const first = await devices.signedIn('victim')
  const digest = random32()
  const old = await shop.stepUp(first, digest)
  clock.nowMs += 5 * 60_000
  const tokens = (await devices.oauth.refresh(first.device, first.tokens.refresh_token)).body as unknown as SignedInDevice['tokens']
  const victim: SignedInDevice = { device: first.device, tokens, send: devices.sendWith(first.device, tokens.access_token) }
  const thief = await devices.signedIn('thief')
  const waiting = await client.enrolledDevice()
  const asked = (await devices.oauth.begin(waiting)).body as { readonly device_code: string; readonly user_code: string }
  await devices.grants.approve(asked.user_code, 'other', someone)
  return {
    ...{ victim, thief, waiting, deviceCode: asked.device_code, digest },
    request: await shop.approved(victim, itemOffer.id, { challengeDigest: digest }),
    /** Each was signed by the gateway, and none for this. */
    otherStepUps: [old, await shop.stepUp(thief, digest), await shop.stepUp(victim, random32())],
    right: await shop.stepUp(victim, digest),
  }
}
type Scene = Awaited<ReturnType<typeof meet>>

const routes: readonly (readonly [method: 'GET' | 'POST', path: string, body?: object])[] = [
  ['GET', '/v1/account'],
  ['GET', '/v1/account/devices'],
  ['POST', '/v1/account/sign-out'],
  ['POST', '/v1/quotes', { offerId: itemOffer.id }],
  ['POST', '/v1/account/step-ups', { digest: random32(), method: 'totp', code: '424242' }],
  ['POST', '/v1/controls', { nonce: random32(), controls: { household: null, limits: [], quietHours: [], exclusion: null } }],
]

/** One character of it is another, or there is one more or fewer. */
function otherText(text: string, random: Random): string {
  const at = random.below(text.length)
  const other = random.pick(['A', 'B', '-', '_', '', 'AA', '.', '~'])
  const changed = text.slice(0, at) + other + text.slice(at + 1)
  return changed === text ? otherText(text, random) : changed
}

/** With a token and a proof of which one does not fit the other, or neither anything. */
async function askWithToken({ client }: World, { victim, thief }: Scene, random: Random): Promise<{ readonly what: string; readonly answer: Answer }> {
  const [method, path, body] = random.pick(routes)
  const token = victim.tokens.access_token
  const send = async (device: TestDevice, authorization: string, claims: { readonly ath?: unknown }) => {
    const dpop = await client.proof(device, method, path, claims)
    return client.send(path, { method, headers: { dpop, authorization }, ...(body && { body }) })
  }
  const about = (text: string) => ({ ath: hashOf(text) })
  const spoilt = otherText(token, random)
  const [what, answer] = await random.pick<() => Promise<readonly [string, Answer]>>([
    async () => ['a stolen access token', await send(thief.device, `DPoP ${token}`, about(token))],
    async () => ['a stolen access token and a key that nobody enrolled', await send(await makeDevice(), `DPoP ${token}`, about(token))],
    async () => ['a spoiled access token', await send(victim.device, `DPoP ${spoilt}`, about(spoilt))],
    async () => ['a refresh token in the place of an access token', await send(victim.device, `DPoP ${victim.tokens.refresh_token}`, about(victim.tokens.refresh_token))],
    async () => ['a proof for another token', await send(victim.device, `DPoP ${token}`, random.pick<{ readonly ath?: unknown }>([{}, ...[hashOf(spoilt), hashOf(thief.tokens.access_token), '', null, hashOf(token).slice(1)].map((ath) => ({ ath }))]))],
    async () => ['another scheme', await send(victim.device, random.pick([`Bearer ${token}`, token, `DPoP  ${token}`, `DPoP ${token},`, `DPoP ${token} ${token}`, `DPoP`, `Basic ${token}`]), about(token))],
    async () => ['a key in the header that did not sign', await send({ ...victim.device, privateKey: thief.device.privateKey }, `DPoP ${token}`, about(token))],
  ])()
  return { what, answer }
}

async function askForTokens({ devices: { oauth } }: World, { victim, thief, waiting, deviceCode }: Scene, random: Random): Promise<{ readonly what: string; readonly answer: Answer }> {
  const { refresh_token: refresh, access_token: access } = victim.tokens
  const [what, answer] = await random.pick<() => Promise<readonly [string, Answer]>>([
    async () => ['a stolen refresh token', await oauth.refresh(thief.device, refresh)],
    async () => ['a spoiled refresh token', await oauth.refresh(victim.device, otherText(refresh, random))],
    async () => ['an access token in the place of a refresh token', await oauth.refresh(victim.device, access)],
    async () => ['a stolen device code', await oauth.redeem(random.pick([thief, victim]).device, deviceCode)],
    async () => ['a spoiled device code', await oauth.redeem(waiting, otherText(deviceCode, random))],
    async () => ['a device code in the place of a refresh token', await oauth.refresh(waiting, deviceCode)],
    async () => ['a refresh token in the place of a device code', await oauth.redeem(victim.device, refresh)],
  ])()
  return { what, answer }
}

/** Malware at the victim's device has its key and its tokens, but no second factor. */
async function buyWithoutFactor({ shop }: World, { victim, request, otherStepUps, right }: Scene, random: Random): Promise<{ readonly what: string; readonly answer: Answer }> {
  const honest: Signed = { token: right, header: headerOf(right), claims: claimsOf(right) as Signed['claims'] }
  const [what, stepUp] = random.pick<() => readonly [string, string | undefined]>([
    () => ['a spoiled second factor', spoiled(honest, random, publicKeyOf(victim.device.privateKey))?.token ?? ''],
    () => ['no second factor', undefined],
    () => ['a second factor for something else', random.pick(otherStepUps)],
    () => ['a second factor that the device signed', signedBy(victim.device.privateKey, { ...honest.header, typ: jwsTypes.stepUp }, honest.claims).token],
    () => ['something else that the gateway signed', request.quote],
  ])()
  const isSame = stepUp === right
  return { what, answer: await shop.send(victim, { ...request, ...(stepUp !== undefined && { stepUp: isSame ? '' : stepUp }) }) }
}

async function judge({ client }: World, { victim }: Scene, figures: AttackFigures): Promise<void> {
  const charges = await client.charges()
  if (charges.length > 0) noteAccepted(figures, `charged: ${JSON.stringify(charges)}`)
  if ((await victim.send('/v1/account')).status !== 200) noteAccepted(figures, 'the victim was signed out')
}

/** What is right is still taken at the end, so that nothing was refused for another reason than what was wrong with it. */
async function judgeHonest({ devices: { oauth }, shop }: World, { victim, waiting, deviceCode, request, right }: Scene, figures: AttackFigures): Promise<void> {
  const answers = [
    await shop.send(victim, { ...request, stepUp: right }),
    await oauth.redeem(waiting, deviceCode),
    await oauth.refresh(victim.device, victim.tokens.refresh_token),
  ]
  for (const { status, body } of answers) if (status !== 200) noteCrash(figures, `the right one is refused: ${JSON.stringify(body)}`)
}

/** So many requests. */
export async function attackAccounts(count: number, random: Random): Promise<AttackFigures> {
  const figures = noFigures()
  const world = await open()
  try {
    const scene = await meet(world)
    const ways = [askWithToken, askForTokens, buyWithoutFactor]
    while (figures.attempts < count) {
      const { what, answer } = await random.pick(ways)(world, scene, random)
      figures.attempts += 1
      tell(figures, `${what}: ${String(answer.body['code'] ?? answer.body['error'] ?? answer.body['status'])}`)
      if (answer.status < 400) noteAccepted(figures, `${what}: ${JSON.stringify(answer.body)}`)
      if (answer.status >= 500) noteCrash(figures, `${what}: ${JSON.stringify(answer.body)}`)
      // Whoever has a copy cannot even end it.
      await world.devices.oauth.revoke(scene.thief.device, random.pick([scene.victim.tokens.access_token, scene.victim.tokens.refresh_token]))
      if (figures.attempts % 100 === 0) await judge(world, scene, figures)
    }
    await judge(world, scene, figures)
    await judgeHonest(world, scene, figures)
    for (const bug of world.bugs) noteCrash(figures, `the gateway reported ${String(bug)}`)
  } finally {
    await world.close()
  }
  return figures
}
