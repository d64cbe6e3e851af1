import { useLingui } from '@lingui/react/macro'
import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import styles from './history-table.module.css'

/** A receipt number to select or copy. Where the clipboard is closed to pages it is selected, ready for Ctrl+C. */
export function ReceiptNumber({ number }: { number: string }) {
  const { t } = useLingui()
  const text = useRef<HTMLElement>(null)
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(number)
      setIsCopied(true)
    } catch {
      if (text.current) getSelection()?.selectAllChildren(text.current)
    }
  }
  return (
    <span className={styles.receipt}>
      <code ref={text}>{number}</code>
      <Button
        look="quiet"
        className={styles.copy}
        aria-label={isCopied ? t`Copied ${number}` : t`Copy ${number}`}
        onPress={() => void copy()}
        onBlur={() => setIsCopied(false)}
      >
        {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </Button>
    </span>
  )
}
