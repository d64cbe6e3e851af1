/** Buying under limits, and what it is told where they stand in its way. */
import * as v from 'valibot'
import { OutcomeSchema } from '../../src/contract/ipc/outcome.ts'
import { type BuyingWorld, createBuyingWorld } from './buying-world.ts'
import { itemOffer } from './fake-offers.ts'

/** A world with limits in euros; the gateway knows of them as well. */
export async function limitedWorld(...changes: Parameters<BuyingWorld['change']>[0][]) {
  const world = createBuyingWorld()
  for (const change of changes) await world.change(change)
  await world.use.controls.syncControls()
  return world
}

/** Asks for an offer; the outcome as the contract lets it through. */
export const request = async (world: BuyingWorld, offerId: string = itemOffer.id) => v.parse(OutcomeSchema, await world.use.requestPurchase({ offerId }))

export const blockOf = (outcome: { readonly kind: string }) => ('block' in outcome ? outcome.block : null)
