import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { Button } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField'
import styles from './field.module.css'

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Emptied by its button or by Escape. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <AriaSearchField className={styles.search ?? ''} aria-label={label} value={value} onChange={onChange}>
      <Search className={styles.searchIcon} size={16} aria-hidden />
      <Input className={`${styles.input} ${styles.searchInput}`} placeholder={label} spellCheck={false} />
      <Button className={styles.clear ?? ''}><X size={16} aria-hidden /></Button>
    </AriaSearchField>
  )
}
