import { Trans } from '@lingui/react/macro'
import { useEffect, useId, useRef, useState } from 'react'
import { holdsCardNumber } from '../../contract/card-number.ts'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import type { DenialReason } from '../../contract/household.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { readNote } from '../words/read-note.ts'
import { AnswerButton } from './answer-button.tsx'
import type { Hint } from './confirm-state.ts'
import { CredentialFields } from './credential-fields.tsx'
import { takeGiven, type Credentials, type Given } from './credentials.ts'
import { DenyView } from './deny-view.tsx'
import { isAboutTyped, PressHint } from './hint.tsx'
import { Layout } from './layout.tsx'

export interface Denial {
  readonly guardian: Given
  readonly reason: DenialReason
  readonly note?: string
}

interface DenyPageProps {
  readonly challenge: Challenge
  readonly hint: Hint | null
  readonly isArmed: boolean
  readonly credentials: Credentials
  readonly onHint: (hint: Hint) => void
  readonly onDeny: (denial: Denial) => void
  readonly onBack: () => void
}

/** A guardian's no: the reason, a word to the minor, and the PIN. It stays while main looks at it, so that no word is lost. */
export function DenyPage({ challenge, hint, isArmed, credentials, onHint, onDeny, onBack }: DenyPageProps) {
  const hintId = useId()
  const [reason, setReason] = useState<DenialReason | null>(null)
  const note = useRef<HTMLInputElement>(null)
  const isWrong = hint !== null && isAboutTyped(hint)
  useEffect(() => {
    if (isWrong) credentials.pin.current?.focus()
  }, [isWrong, credentials.pin])
  const deny = () => {
    if (hint?.kind === 'checking') return
    if (reason === null) return onHint({ kind: 'reasonMissing' })
    const word = readNote(note.current?.value ?? '')
    if (word !== null && holdsCardNumber(word)) return onHint({ kind: 'cardNumber' })
    const guardian = takeGiven(credentials, false)
    if ('kind' in guardian) return onHint(guardian)
    onDeny({ guardian, reason, ...(word !== null && { note: word }) })
  }
  const actions = (
    <>
      <PlainButton data-cancels onClick={onBack}><Trans>Back</Trans></PlainButton>
      <AnswerButton look="answer" isArmed={isArmed} onAnswer={deny} onTooSoon={() => onHint({ kind: 'tooSoon' })}>
        <Trans>Say no</Trans>
      </AnswerButton>
    </>
  )
  return (
    <Layout
      above={<CredentialFields credentials={credentials} wantsCode={false} hint={hint} hintId={hintId} />}
      hint={<PressHint id={hintId} hint={hint} about="denial" />}
      actions={actions}
    >
      <DenyView challenge={challenge} reason={reason} onReason={setReason} note={note} />
    </Layout>
  )
}
