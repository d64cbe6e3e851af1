import type { Store } from '../store/open-store.ts'
import { inTransaction } from '../store/open-store.ts'
import { addressGroup, cooled, coolingMs, failuresBeforeProof, mostAsked, workFactor } from './heat.ts'
import type { Caller } from './identity.ts'

export interface AddressHeat {
  /** Counts something that was asked for from there. Milliseconds to wait, 0 for none. */
  readonly ask: (caller: Caller) => Promise<number>
  /** Counts a wrong password or code. */
  readonly fail: (caller: Caller) => Promise<void>
  /** Whether so much went wrong from there lately that a proof of work is wanted. */
  readonly wantsProof: (caller: Caller) => Promise<boolean>
  /** How many times the usual work a proof takes. */
  readonly workFactor: (caller: Caller) => Promise<number>
}

const kept24HoursMs = 86_400_000

export function createAddressHeat({ store, now }: { readonly store: Store; readonly now: () => number }): AddressHeat {
  async function read(on: Store, { ip }: Caller, kind: 'asked' | 'failed'): Promise<number> {
    const row = await on.selectFrom('address_heat').selectAll().where('address', '=', addressGroup(ip)).where('kind', '=', kind).executeTakeFirst()
    return row ? cooled({ heat: row.heat, atMs: Number(row.at_ms) }, now()) : 0
  }

  async function write(on: Store, { ip }: Caller, kind: 'asked' | 'failed', heat: number): Promise<void> {
    const at = BigInt(now())
    await on
      .insertInto('address_heat')
      .values({ address: addressGroup(ip), kind, heat, at_ms: at })
      .onConflict((conflict) => conflict.columns(['address', 'kind']).doUpdateSet({ heat, at_ms: at }))
      .execute()
  }

  return {
    async ask(caller) {
      await store.deleteFrom('address_heat').where('at_ms', '<', BigInt(now() - kept24HoursMs)).execute()
      return inTransaction(store, async (transaction) => {
        const heat = (await read(transaction, caller, 'asked')) + 1
        if (heat > mostAsked) return coolingMs(heat, mostAsked)
        await write(transaction, caller, 'asked', heat)
        return 0
      })
    },
    fail: (caller) => inTransaction(store, async (transaction) => write(transaction, caller, 'failed', (await read(transaction, caller, 'failed')) + 1)),
    wantsProof: async (caller) => (await read(store, caller, 'failed')) >= failuresBeforeProof,
    workFactor: async (caller) => workFactor(await read(store, caller, 'asked')),
  }
}
