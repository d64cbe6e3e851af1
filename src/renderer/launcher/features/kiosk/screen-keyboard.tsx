import { useLingui } from '@lingui/react/macro'
import ArrowBigUp from 'lucide-react/icons/arrow-big-up'
import Delete from 'lucide-react/icons/delete'
import { useEffect, useState, type PointerEvent } from 'react'
import type { Language } from '../../../../contract/ipc/status.ts'
import { PlainButton } from '../../../ui/plain-button.tsx'
import { type DrawnKey, fieldWithFocus, typeInto } from '../../../ui/type-into.ts'
import { keyboardRows } from './keyboard-layouts.ts'
import styles from './screen-keyboard.module.css'

/** The field that is written into; null while there is none. */
function useWrittenField(): HTMLInputElement | null {
  const [field, setField] = useState<HTMLInputElement | null>(null)
  useEffect(() => {
    const look = () => setField(fieldWithFocus())
    document.addEventListener('focusin', look)
    // The focus has not arrived yet when it leaves.
    const lookSoon = () => queueMicrotask(look)
    document.addEventListener('focusout', lookSoon)
    look()
    return () => {
      document.removeEventListener('focusin', look)
      document.removeEventListener('focusout', lookSoon)
    }
  }, [])
  return field
}

const keepFocus = (event: PointerEvent) => event.preventDefault()

/** Letters for fingers, below the screens, which become lower by it: it never covers the field. */
export function ScreenKeyboard({ language }: { language: Language }) {
  const field = useWrittenField()
  useEffect(() => {
    void field?.scrollIntoView({ block: 'nearest' })
  }, [field])
  return field && <Keys field={field} language={language} />
}

function Keys({ field, language }: { field: HTMLInputElement; language: Language }) {
  const { t } = useLingui()
  const [isShifted, setIsShifted] = useState(false)
  const press = (key: DrawnKey) => {
    typeInto(field, key)
    setIsShifted(false)
  }
  const character = (letter: string) => (isShifted && letter !== 'ß' ? letter.toLocaleUpperCase(language) : letter)
  return (
    <div className={styles.keyboard} role="group" aria-label={t`Keyboard on the screen`} onPointerDown={keepFocus}>
      {keyboardRows[language].map((row, at, rows) => (
        <div key={row} className={styles.row}>
          {at === rows.length - 1 && (
            <PlainButton tabIndex={-1} className={`${styles.key} ${styles.wide}`} aria-label={t`Shift`} aria-pressed={isShifted} onClick={() => setIsShifted(!isShifted)}><ArrowBigUp size={22} aria-hidden /></PlainButton>
          )}
          {Array.from(row).map((letter) => (
            <PlainButton key={letter} tabIndex={-1} className={styles.key ?? ''} onClick={() => press({ kind: 'text', text: character(letter) })}>{character(letter)}</PlainButton>
          ))}
          {at === rows.length - 1 && (
            <PlainButton tabIndex={-1} className={`${styles.key} ${styles.wide}`} aria-label={t`Backspace`} onClick={() => press({ kind: 'backspace' })}><Delete size={22} aria-hidden /></PlainButton>
          )}
        </div>
      ))}
      <div className={styles.row}>
        <PlainButton tabIndex={-1} className={`${styles.key} ${styles.space}`} onClick={() => press({ kind: 'text', text: ' ' })}>{t`Space`}</PlainButton>
        <PlainButton tabIndex={-1} look="answer" className={`${styles.key} ${styles.wide}`} onClick={() => field.blur()}>{t`Done`}</PlainButton>
      </div>
    </div>
  )
}
