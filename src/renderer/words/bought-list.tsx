import type { Block } from '../../contract/ipc/controls.ts'
import { useFormat } from '../i18n/format-context.ts'
import styles from './bought-list.module.css'

/** What was bought before, each with its price and when. */
export function BoughtList({ bought }: { bought: Extract<Block, { kind: 'limit' }>['bought'] }) {
  const format = useFormat()
  return (
    <ul className={styles.bought}>
      {bought.map(({ item, price, at }) => (
        <li key={`${at} ${item}`}>
          <bdi>{item}</bdi>
          <span>{format.money(price)}</span>
          <time dateTime={at}>{format.moment(at)}</time>
        </li>
      ))}
    </ul>
  )
}
