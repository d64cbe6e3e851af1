/** The calls about the controls of spending: each is answered with a statement that the gateway has signed for it. */
import { ControlsClaimsSchema, jwsTypes } from '../../../contract/http/claims.ts'
import type { ControlsStatement, Gateway } from '../../ports/gateway.ts'
import type { Session } from '../../ports/session.ts'
import type { CallOptions } from './http-client.ts'
import { type ReadSigned, SignatureError } from './signed-message.ts'

type ControlsCall = 'controls' | 'tighten' | 'askLoosening' | 'confirmLoosening' | 'withdrawLoosening' | 'askReturn'

export interface ControlsCallsParts {
  readonly nonce: () => string
  readonly deviceId: () => Promise<string>
  /** In whose name this device asks; without it as itself. */
  readonly session: () => SignedIn | undefined
  /** Sends as this device, and has the answer read as part of the same exchange. */
  readonly exchange: (name: ControlsCall, call: CallOptions, read: ReadStatement) => Promise<ControlsStatement>
}

type SignedIn = Pick<Session, 'signInNumber' | 'isForTurn'>

type ReadStatement = (jws: string, readSigned: ReadSigned) => Promise<ControlsStatement>

export function createControlsCalls({ nonce: makeNonce, deviceId, exchange, session }: ControlsCallsParts): Pick<Gateway, ControlsCall> {
  /** P5: an older statement, or one for another device, is none. */
  async function stated(name: ControlsCall, callWith: (nonce: string) => CallOptions, signIn?: number): Promise<ControlsStatement> {
    const mayBeSent = sentOnlyAs(session(), signIn)
    const [own, nonce] = [await deviceId(), makeNonce()]
    return exchange(name, { ...callWith(nonce), mayBeSent }, async (jws, readSigned) => {
      const claims = await readSigned(jws, jwsTypes.controls, ControlsClaimsSchema)
      if (claims.nonce !== nonce || claims.deviceId !== own) throw new SignatureError()
      return { claims, jws }
    })
  }
  return {
    controls: () => stated('controls', (nonce) => ({ query: { nonce } })),
    tighten: (controls, signIn) => stated('tighten', (nonce) => ({ body: { nonce, controls } }), signIn),
    askLoosening: ({ changeId, change, stepUp }) =>
      stated('askLoosening', (nonce) => ({ body: { nonce, changeId, change, ...(stepUp !== undefined && { stepUp }) } })),
    confirmLoosening: (changeId) => stated('confirmLoosening', (nonce) => ({ params: { changeId }, body: { nonce } })),
    withdrawLoosening: (changeId) => stated('withdrawLoosening', (nonce) => ({ params: { changeId }, body: { nonce } })),
    askReturn: (memberId) => stated('askReturn', (nonce) => ({ body: { nonce, ...(memberId !== null && { memberId }) } })),
  }
}

/**
 * P5: of the sign-in that there is now, or of the one with that number, unless it is for a turn. Looked at once the token is there that the
 * request carries: until then it may have become another one's.
 */
function sentOnlyAs(session: SignedIn | undefined, signIn = session?.signInNumber()): () => boolean {
  return () => !session || (session.signInNumber() === signIn && !session.isForTurn())
}
