import type { ReactNode } from 'react'
import styles from './option-cards.module.css'

interface OptionCardsProps<V extends string> {
  /** Of the radio buttons, in the page. */
  readonly name: string
  readonly legend: ReactNode
  readonly options: readonly { readonly value: V; readonly title: ReactNode; readonly detail: ReactNode }[]
  /** Null where nothing is chosen beforehand. */
  readonly chosen: V | null
  readonly onChoose: (value: V) => void
}

/** Radio buttons of which each says in a line what choosing it means. */
export function OptionCards<V extends string>({ name, legend, options, chosen, onChoose }: OptionCardsProps<V>) {
  return (
    <fieldset className={styles.options}>
      <legend>{legend}</legend>
      {options.map(({ value, title, detail }) => (
        <label key={value} className={styles.option}>
          <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
          <strong>{title}</strong>
          <span>{detail}</span>
        </label>
      ))}
    </fieldset>
  )
}
