/** A log in memory with the rules under test, and what they decide. Any of them can be replaced by a wrong one. */
import type { EventId, PurchaseId } from '../../src/domain/brands.ts'
import { type Controls, nextControls, noControls } from '../../src/domain/controls.ts'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import { nextRecord, type PurchaseRecord, purchaseOf } from '../../src/domain/ledger.ts'
import { type Buyer, judge, type Verdict } from '../../src/domain/limits.ts'
import { type GuardianRequest, nextRequests } from '../../src/domain/requests.ts'
import { isWayAround, mayChange } from '../../src/domain/roles.ts'
import { usageChange, usageChanges, type UsageLine, usageLines } from '../../src/domain/usage.ts'
import type { Purchase } from './steps.ts'

export interface Rules {
  readonly judge: typeof judge
  readonly usageChange: typeof usageChange
  /** Of imports. */
  readonly usageChanges: typeof usageChanges
  readonly nextControls: typeof nextControls
  readonly nextRequests: typeof nextRequests
  readonly mayChange: typeof mayChange
  readonly isWayAround: typeof isWayAround
  /** Whether the approval is judged again when it is written. */
  readonly isJudgedAgain: boolean
  /** Which clock exclusion goes by. */
  readonly clock: 'gateway' | 'computer'
}

export const rightRules: Rules = { judge, usageChange, usageChanges, nextControls, nextRequests, mayChange, isWayAround, isJudgedAgain: true, clock: 'gateway' }

export function createWorld(rules: Rules, startMs: number) {
  const records = new Map<string, PurchaseRecord>()
  const usage = usageLines()
  let controls: Controls = noControls
  let requests: readonly GuardianRequest[] = []
  let [gatewayMs, computerMs, newestAtMs, newestCountedMs, seq] = [startMs, startMs, 0, 0, 0]

  const moment = () => ({ ms: Math.max(gatewayMs, newestCountedMs), gatewayMs: rules.clock === 'gateway' ? gatewayMs : computerMs })

  return {
    rules,
    moment,
    now: () => gatewayMs,
    wait: (ms: number) => void (gatewayMs += ms),
    setClock: (ms: number) => void (computerMs = ms),
    controls: () => controls,
    requests: () => requests,
    records: (): readonly PurchaseRecord[] => [...records.values()],
    usage: (fromMs: number): readonly UsageLine[] => usage.since(fromMs),
    judge: ({ sellerId, amount, ...buyer }: Purchase & Buyer, at = moment()): Verdict =>
      rules.judge(controls, usage.since, { ...buyer, sellerId, counted: { amount: BigInt(amount), currency: 'EUR' } }, at as Parameters<typeof judge>[3]),
    /** Throws what the fold throws for an event that may not be; nothing has changed then. */
    append(event: NewEvent): void {
      newestAtMs = Math.max(newestAtMs, computerMs)
      const place = { seq: seq + 1, id: `event-${seq + 1}` as EventId, at: new Date(newestAtMs).toISOString(), mac: '' }
      const logged = { ...event, ...place } as LogEvent
      const purchaseId = purchaseOf(logged)
      const before = (purchaseId !== null && records.get(purchaseId)) || null
      const after = nextRecord(before, logged)
      const nextOnes = rules.nextRequests(requests, logged)
      controls = rules.nextControls(controls, logged)
      requests = nextOnes
      const change = rules.usageChange(before, after)
      for (const line of logged.type === 'import.made' || logged.type === 'import.undone' ? rules.usageChanges(logged, null, null) : change ? [change] : []) usage.add(line)
      if (after) records.set(after.purchaseId, after)
      if (after && !before) newestCountedMs = Date.parse(after.countedAt)
      seq += 1
    },
  }
}

export type World = ReturnType<typeof createWorld>
export const asId = (text: string) => text as PurchaseId
