import { useLingui } from '@lingui/react/macro'
import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { type MouseEvent, useRef, useState } from 'react'
import { PlainButton } from '../../../ui/plain-button.tsx'
import styles from './history-grid.module.css'

interface ReceiptNumberProps {
  readonly number: string
  /** Whether Tab leads to its button. */
  readonly isActive?: boolean
}

/** A receipt number to select or copy. Where the clipboard is closed to pages it is selected, ready for Ctrl+C. */
export function ReceiptNumber({ number, isActive = true }: ReceiptNumberProps) {
  const { t } = useLingui()
  const text = useRef<HTMLElement>(null)
  const [isCopied, setIsCopied] = useState(false)
  const copy = async (event: MouseEvent) => {
    // The row around it opens the purchase.
    event.stopPropagation()
    try {
      await navigator.clipboard.writeText(number)
      setIsCopied(true)
    } catch {
      if (text.current) getSelection()?.selectAllChildren(text.current)
    }
  }
  return (
    <span className={styles.receipt}>
      <code ref={text} title={number}>{number}</code>
      <PlainButton
        look="quiet"
        className={styles.copy}
        tabIndex={isActive ? 0 : -1}
        aria-label={isCopied ? t`Copied ${number}` : t`Copy ${number}`}
        onClick={(event) => void copy(event)}
        onBlur={() => setIsCopied(false)}
      >
        {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </PlainButton>
    </span>
  )
}
