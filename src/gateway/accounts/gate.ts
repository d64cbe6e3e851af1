import type { AddressHeat } from './address-heat.ts'
import type { Caller, ProofOfWork, Refused } from './identity.ts'
import type { ProofsOfWork } from './proof-of-work.ts'
import type { Tries } from './tries.ts'

/** Stands before everything that somebody who is not signed in can ask for. Null: they may go on. */
export interface Gate {
  /** Counts it for their address. */
  readonly ask: (caller: Caller) => Promise<Refused | null>
  /** With a proof of work. */
  readonly askWithProof: (proof: ProofOfWork, caller: Caller) => Promise<Refused | null>
  /** With a proof of work once something went wrong a few times, from there or for the address that was typed. */
  readonly askWithProofIfHot: (subject: string, proof: ProofOfWork | null, caller: Caller) => Promise<Refused | null>
}

const failuresBeforeProof = 3

export function createGate({ heat, proofs, tries }: { readonly heat: AddressHeat; readonly proofs: ProofsOfWork; readonly tries: Tries }): Gate {
  async function ask(caller: Caller): Promise<Refused | null> {
    const waitMs = await heat.ask(caller)
    return waitMs > 0 ? { kind: 'wait', waitMs } : null
  }

  async function askWithProof(proof: ProofOfWork | null, caller: Caller): Promise<Refused | null> {
    return (await ask(caller)) ?? ((await proofs.use(proof, caller)) ? null : { kind: 'proofWanted' })
  }

  return {
    ask,
    askWithProof,
    async askWithProofIfHot(subject, proof, caller) {
      const isHot = (await heat.wantsProof(caller)) || (await tries.failures(subject)) >= failuresBeforeProof
      return isHot ? askWithProof(proof, caller) : ask(caller)
    },
  }
}
