import { expect, it } from 'vitest'
import { createBuyingWorld } from '../../support/buying-world.ts'

it('P2 quitting waits for a yes from the moment it was given, also before its request is sent', async () => {
  const world = createBuyingWorld()
  const { answer } = await world.ask()
  const answered = world.use.approveChallenge(answer)
  expect(world.sent()).toBe(0)
  await world.use.idle()
  expect(world.sent()).toBe(1)
  expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.succeeded'])
  expect(await answered).toMatchObject({ kind: 'succeeded' })
})

it('quitting does not wait for a question that nobody has answered', async () => {
  const world = createBuyingWorld()
  await world.ask()
  await world.use.idle()
  expect(world.eventTypes()).toEqual([])
})
