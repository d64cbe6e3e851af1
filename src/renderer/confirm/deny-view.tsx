import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useId, useRef, type RefObject } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { DenialReasonSchema, type DenialReason } from '../../contract/household.ts'
import { useFormat } from '../i18n/format-context.ts'
import field from '../ui/field.module.css'
import { denialWords } from '../words/denial-words.ts'
import { longestNote } from '../words/read-note.ts'
import styles from './confirm.module.css'

interface DenyViewProps {
  readonly challenge: Challenge
  readonly reason: DenialReason | null
  readonly onReason: (reason: DenialReason) => void
  readonly note: RefObject<HTMLInputElement | null>
}

/** Why not, in words that the minor will read. */
export function DenyView({ challenge, reason, onReason, note }: DenyViewProps) {
  const format = useFormat()
  const { t } = useLingui()
  const name = challenge.buyer?.name ?? ''
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className={styles.deny}>
      <header>
        <h1 className={styles.name} ref={heading} tabIndex={-1}><Trans>Say no to <bdi>{name}</bdi>?</Trans></h1>
        <p className={styles.detail}>
          <bdi>{challenge.item}</bdi> · <bdi>{challenge.payee}</bdi> · {format.money(challenge.price)}
        </p>
      </header>
      <fieldset className={styles.reasons}>
        <legend><Trans>What <bdi>{name}</bdi> will read</Trans></legend>
        {DenialReasonSchema.options.map((one) => (
          <label key={one}>
            <input type="radio" name={id} checked={reason === one} onChange={() => onReason(one)} />
            <span>{t(denialWords[one])}</span>
          </label>
        ))}
      </fieldset>
      <div className={styles.field}>
        <label htmlFor={`${id}-note`}><Trans>A word to <bdi>{name}</bdi>, if you like</Trans></label>
        <input id={`${id}-note`} className={field.input} ref={note} type="text" maxLength={longestNote} autoComplete="off" />
      </div>
    </div>
  )
}
