/** What the scripts of the pages fetch: challenges of the proof of work and of passkeys. */
import type { PageRoutes } from '../answers.ts'
import type { PageParts } from '../page-parts.ts'
import type { Answer, Visit } from '../visit.ts'

export function scriptRoutes({ identity }: PageParts): PageRoutes {
  async function passkeyOptions({ fields, journey, signedIn, sessionId }: Visit): Promise<Answer> {
    switch (fields['purpose']) {
      case 'signIn':
        return { kind: 'json', value: await identity.passkeyRequest(null) }
      case 'second':
        if (journey.step?.kind !== 'secondFactor') return { kind: 'json', status: 409, value: { kind: 'lost' } }
        return { kind: 'json', value: await identity.passkeyRequest(journey.step.pending) }
      case 'add': {
        if (!signedIn) return { kind: 'json', status: 409, value: { kind: 'lost' } }
        const begun = await identity.beginPasskey(sessionId)
        return 'kind' in begun ? { kind: 'json', status: 409, value: { kind: 'notFresh' } } : { kind: 'json', value: begun }
      }
      default:
        return { kind: 'json', status: 400, value: { kind: 'unknown' } }
    }
  }

  return {
    '/account/proof': {
      async post({ caller }) {
        const { challenge } = await identity.proofOfWork(caller)
        return { kind: 'json', value: challenge }
      },
    },
    '/account/passkey-options': { post: passkeyOptions },
  }
}
