/** The check of usage, controls, family and habits against the events, with no more memory for a long log than for a short one. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { canonicalJson } from '../../../domain/canonical.ts'
import { genesisMac, type Hmac } from '../../../domain/chain.ts'
import { nextControls, noControls } from '../../../domain/controls.ts'
import type { LogEvent } from '../../../domain/events.ts'
import { nextFamily, noFamily } from '../../../domain/family.ts'
import type { PurchaseRecord } from '../../../domain/ledger.ts'
import { type KeptHabits, nextHabits, noHabits } from '../../../domain/risk-profiles.ts'
import { usageChanges, type UsageLine } from '../../../domain/usage.ts'
import { habitsTextsOf } from './risk-rows.ts'
import type { Rows } from './rows.ts'

const linesPerTurn = 500

/** Before all lines. */
const start = { atMs: Number.MIN_SAFE_INTEGER, sellerId: '', memberId: null, currency: '' }

/**
 * Nobody keeps a line for each quarter of an hour. Every line has two secret factors instead, which only the key of the log
 * tells; the sum of all amounts times their factors is the same for events and table only where every line is. To be wrong
 * about that, somebody without the key would have to guess 64 bits.
 */
export function limitsCheck(hmac: Hmac) {
  let sum = 0n
  let changes = 0
  let controls = noControls
  let family = noFamily
  const habits = new Map<string | null, KeptHabits>()
  let newest: { readonly key: string; readonly factors: readonly [bigint, bigint] } = { key: '', factors: [0n, 0n] }

  function factorsOf(key: string): readonly [bigint, bigint] {
    const mac = Buffer.from(hmac(genesisMac, key))
    return [BigInt(`0x${mac.toString('hex', 0, 16)}`), BigInt(`0x${mac.toString('hex', 16, 32)}`)]
  }

  /** An approval and its receipt mostly come one after the other, and so do lines of one quarter. */
  function weigh({ atMs, sellerId, memberId, currency, spent, reserved }: UsageLine): bigint {
    const key = JSON.stringify(['usage', atMs, sellerId, memberId, currency])
    if (key !== newest.key) newest = { key, factors: factorsOf(key) }
    return spent * newest.factors[0] + reserved * newest.factors[1]
  }

  return {
    take(event: LogEvent, before: PurchaseRecord | null, after: PurchaseRecord | null): void {
      for (const change of usageChanges(event, before, after)) {
        sum += weigh(change)
        changes += 1
      }
      for (const [memberId, kept] of nextHabits(event, { controls, record: before, habitsOf: (of) => habits.get(of) ?? noHabits })) habits.set(memberId, kept)
      family = nextFamily(family, event, controls)
      controls = nextControls(controls, event)
    },
    /** Whether the database has what the events that were taken come to. */
    async fits(rows: Rows): Promise<boolean> {
      let stored = 0n
      let lines = 0
      for (let page = rows.usageAfter(start, linesPerTurn); page.length > 0; page = rows.usageAfter(page.at(-1) ?? start, linesPerTurn)) {
        lines += page.length
        // A broken page can lead back to where it was read before, without end.
        if (lines > changes) return false
        for (const line of page) stored += weigh(line)
        if (page.some(({ spent, reserved }) => spent === 0n && reserved === 0n)) return false
        await nextTurn()
      }
      const areControls = isDeepStrictEqual(rows.controlsTexts(), controls === noControls ? [] : [canonicalJson(controls)])
      const isFamily = isDeepStrictEqual(rows.familyTexts(), family === noFamily ? [] : [canonicalJson(family)])
      const areHabits = isDeepStrictEqual(rows.habitsTexts(), habitsTextsOf(habits))
      return stored === sum && areControls && isFamily && areHabits
    },
  }
}
