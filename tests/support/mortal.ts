import type { EventLog } from '../../src/main/ports/event-log.ts'
import type { Gateway } from '../../src/main/ports/gateway.ts'
import type { LedgerAccess } from '../../src/main/ports/ledger-access.ts'

/**
 * The gateway and the ledger as one process has them: once it has died, it sends nothing more, writes nothing more, and
 * hears of no answer. What it had sent or written stays.
 */
export function mortalPorts(gateway: Gateway, ledger: LedgerAccess) {
  const never = new Promise<never>(() => {})
  let isAlive = true
  let known: { readonly log: EventLog | null; readonly mortal: EventLog | null } = { log: null, mortal: null }

  async function whileAlive<T>(work: () => Promise<T>): Promise<T> {
    if (!isAlive) return never
    try {
      const result = await work()
      return isAlive ? result : await never
    } catch (error) {
      if (!isAlive) return never
      throw error
    }
  }

  function mortalLog(log: EventLog): EventLog {
    return { ...log, append: (decide) => whileAlive(() => log.append(() => (isAlive ? decide() : null))) }
  }

  return {
    gateway: {
      catalogue: () => whileAlive(() => gateway.catalogue()),
      quote: (offerId, countIn) => whileAlive(() => gateway.quote(offerId, countIn)),
      purchase: (key, body) => whileAlive(() => gateway.purchase(key, body)),
      purchaseByKey: (key) => whileAlive(() => gateway.purchaseByKey(key)),
      time: () => whileAlive(() => gateway.time()),
      messages: () => whileAlive(() => gateway.messages()),
      acknowledge: (ids) => whileAlive(() => gateway.acknowledge(ids)),
      chargeList: () => whileAlive(() => gateway.chargeList()),
      dispute: (said) => whileAlive(() => gateway.dispute(said)),
      controls: () => whileAlive(() => gateway.controls()),
      tighten: (controls) => whileAlive(() => gateway.tighten(controls)),
      askLoosening: (asked) => whileAlive(() => gateway.askLoosening(asked)),
      confirmLoosening: (changeId) => whileAlive(() => gateway.confirmLoosening(changeId)),
      withdrawLoosening: (changeId) => whileAlive(() => gateway.withdrawLoosening(changeId)),
      askReturn: (memberId) => whileAlive(() => gateway.askReturn(memberId)),
      countersign: (head) => whileAlive(() => gateway.countersign(head)),
      stepUp: {
        account: () => whileAlive(() => gateway.stepUp.account()),
        sendCode: (asked) => whileAlive(() => gateway.stepUp.sendCode(asked)),
        give: (given) => whileAlive(() => gateway.stepUp.give(given)),
      },
      readQuote: (jws) => gateway.readQuote(jws),
      now: () => gateway.now(),
      latestTime: () => gateway.latestTime(),
      state: () => gateway.state(),
      onStateChanged: (listener) => gateway.onStateChanged(listener),
    } satisfies Gateway,
    ledger: {
      ...ledger,
      log() {
        const log = ledger.log()
        if (log !== known.log) known = { log, mortal: log && mortalLog(log) }
        return known.mortal
      },
    } satisfies LedgerAccess,
    die() {
      isAlive = false
    },
  }
}
