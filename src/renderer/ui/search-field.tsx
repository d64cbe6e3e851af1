import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import type { Ref } from 'react'
import { Button } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField'
import styles from './field.module.css'

interface SearchFieldProps {
  readonly label: string
  /** Both are left out where what is around the field takes what is typed. */
  readonly value?: string
  readonly onChange?: (value: string) => void
  readonly maxLength?: number
  readonly inputRef?: Ref<HTMLInputElement>
}

/** Emptied by its button or by Escape. */
export function SearchField({ label, inputRef, ...props }: SearchFieldProps) {
  return (
    <AriaSearchField {...props} className={styles.search ?? ''} aria-label={label}>
      <Search className={styles.searchIcon} size={16} aria-hidden />
      <Input className={`${styles.input} ${styles.searchInput}`} placeholder={label} spellCheck={false} {...(inputRef !== undefined && { ref: inputRef })} />
      <Button className={styles.clear ?? ''}><X size={16} aria-hidden /></Button>
    </AriaSearchField>
  )
}
