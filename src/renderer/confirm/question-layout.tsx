import { Trans } from '@lingui/react/macro'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Question, Reply } from '../../contract/ipc/confirm.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { AnswerButton } from './answer-button.tsx'
import type { Hint } from './confirm-state.ts'
import styles from './confirm.module.css'
import type { InputRef } from './credentials.ts'
import { type HintAbout, isAboutTyped, PressHint } from './hint.tsx'
import { Layout } from './layout.tsx'

/** What every question gets besides itself. */
export interface Ask {
  readonly hint: Hint | null
  readonly isArmed: boolean
  readonly onHint: (hint: Hint) => void
  readonly onAnswer: (reply: Reply) => void
  readonly onCancel: () => void
}

export type AskOf<K extends Question['kind']> = Ask & { readonly question: Extract<Question, { kind: K }> }

interface QuestionLayoutProps extends Ask {
  readonly children: ReactNode
  readonly above?: ReactNode
  readonly about: HintAbout
  readonly hintId: string
  readonly cancel?: ReactNode
  readonly confirm: ReactNode
  /** Something has to be done before it counts. */
  readonly isOpen?: boolean
  readonly onSubmit: () => void
}

export function QuestionLayout({ children, above, about, hint, hintId, isArmed, cancel, confirm, isOpen, onSubmit, onHint, onCancel }: QuestionLayoutProps) {
  const isChecking = hint?.kind === 'checking'
  const actions = (
    <>
      <PlainButton data-cancels disabled={isChecking} onClick={onCancel}>{cancel ?? <Trans>Cancel</Trans>}</PlainButton>
      <AnswerButton look="answer" isArmed={isArmed && !isChecking} isOpen={isOpen ?? false} onAnswer={onSubmit} onTooSoon={() => !isChecking && onHint({ kind: 'tooSoon' })}>
        {confirm}
      </AnswerButton>
    </>
  )
  return <Layout above={above} hint={<PressHint id={hintId} hint={hint} about={about} />} actions={actions}>{children}</Layout>
}

/** What the fields of a question say about themselves. */
export function fieldState(hint: Hint | null, ...describedBy: readonly string[]) {
  return { isWrong: hint !== null && isAboutTyped(hint), isReadOnly: hint?.kind === 'checking', describedBy: describedBy.join(' ') }
}

/** The field has the focus after something wrong was typed; and from the beginning where there is nothing to read before. */
export function useFieldFocus(field: InputRef, hint: Hint | null, isFirst: boolean): void {
  useEffect(() => {
    if (isFirst) field.current?.focus()
  }, [isFirst, field])
  useEffect(() => {
    if (hint && (isAboutTyped(hint) || hint.kind === 'unavailable')) field.current?.focus()
  }, [hint, field])
}

/** The heading has the focus at first where there is something to read before anything is typed. */
export function FocusedHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return <h1 className={styles.name} ref={heading} tabIndex={-1}>{children}</h1>
}
