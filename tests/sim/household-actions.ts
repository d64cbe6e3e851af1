/** What the members of a household do: come in, sit down at the computer, ask, answer, and try each other's PIN. */
import type { Change } from '../../src/domain/controls.ts'
import { isGuardian, isMinor, isWayAround, keepsGuardian, memberOf } from '../../src/domain/roles.ts'
import { begun, tightened } from '../support/control-events.ts'
import { everyRole, householdBegun } from '../support/household-events.ts'
import { bundleOffer, itemOffer, passOffer } from '../support/fake-offers.ts'
import { rightPin } from './sim-credentials.ts'
import type { Client, World } from './world.ts'

type SetOff = (client: Client, work: Promise<unknown>) => void

const idsOf = (client: Client) => client.log.controls().members?.map(({ memberId }) => memberId) ?? []

/** As the set-up does at its end: the calendar first, then the members. */
export function beginHousehold(world: World, setOff: SetOff): void {
  const client = world.client()
  if (!client) return
  const { log } = client
  const work = async () => {
    await log.append(() => (log.controls().household ? null : begun()))
    await log.append(() => (log.controls().household && !log.controls().members ? householdBegun(everyRole) : null))
  }
  setOff(client, work())
}

/** Somebody sits down and opens their profile, or the last one has locked it. */
export function sitDown(world: World): void {
  const client = world.client()
  const ids = client ? idsOf(client) : []
  if (!client || ids.length === 0) return
  const who = world.scheduler.random.pick([null, ...ids, ...ids])
  client.profile.open = memberOf(client.log.controls(), who)?.memberId ?? null
}

/** A guardian sits down: the one whom the last change may have left. */
export function guardianSitsDown(client: Client): void {
  const controls = client.log.controls()
  if (controls.members) client.profile.open = idsOf(client).find((id) => isGuardian(controls, id)) ?? null
}

/** A minor who may not buy it alone asks for it, once they have thought it over. */
export function askGuardian(world: World, setOff: SetOff): void {
  const client = world.client()
  if (!client) return
  const minor = idsOf(client).find((id) => isMinor(memberOf(client.log.controls(), id)?.role ?? 'removed'))
  const { random } = world.scheduler
  if (minor === undefined) return
  client.profile.open = minor
  const { id: offerId } = random.pick([itemOffer, bundleOffer, passOffer])
  world.clock.advance(30_000)
  setOff(client, client.requests.askGuardian({ offerId }).then((result) => void world.coverage.count(result.kind === 'asked' ? 'asked a guardian' : 'could not ask a guardian')))
}

export function answerRequest(world: World, setOff: SetOff): void {
  const client = world.client()
  const waiting = client?.log.family().requests.filter(({ ended }) => ended === null) ?? []
  if (!client || waiting.length === 0) return
  setOff(client, client.requests.answerRequest({ requestId: world.scheduler.random.pick(waiting).requestId }))
}

/** PIN and code of a guardian who was asked, now and then a wrong one. */
export function guardianFor(world: World, guardians: readonly { readonly memberId: string }[]) {
  const { random } = world.scheduler
  const isWrong = random.below(8) === 0
  if (isWrong) world.coverage.count('wrong PIN')
  const guardian = random.pick(guardians)
  return { memberId: guardian.memberId, pin: isWrong ? '1357' : rightPin, code: String(world.nextStep()) }
}

/** A minor comes in, or somebody goes or becomes younger; who is older waits as every looser control does. */
export function changeMember(world: World, setOff: SetOff): void {
  const client = world.client()
  if (!client?.log.controls().members) return
  const { random } = world.scheduler
  const change: Change = { kind: 'member', memberId: random.pick(['adult', 'teen', 'child', 'kid']), role: random.pick(['removed', 'child', 'teen', 'adult'] as const) }
  const { log } = client
  const isNew = !idsOf(client).includes(change.memberId)
  guardianSitsDown(client)
  if (!isNew) {
    world.clock.advance(client.controls.previewChange({ change }).pauseMs)
    return setOff(client, client.controls.changeControl({ change }))
  }
  const minor: Change = { ...change, role: 'child' }
  const decide = () => (log.controls().members && !idsOf(client).includes(change.memberId) && keepsGuardian(log.controls(), minor) && !isWayAround(log.controls(), minor, world.now()) ? tightened(minor) : null)
  setOff(client, log.append(decide))
}
