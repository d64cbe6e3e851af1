import { Plural, Trans } from '@lingui/react/macro'
import type { Posture } from '../../../../contract/ipc/posture.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import tableStyles from '../../../ui/table.module.css'
import styles from './security.module.css'
import { usePostureWords } from './use-posture-words.ts'

/** The least that it needs, and that nobody got more. */
export function MayDoCard({ denied }: Pick<Posture, 'denied'>) {
  const words = usePostureWords()
  return (
    <section className={styles.card} aria-labelledby="security-may">
      <h2 id="security-may"><Trans>What Tuppence may do</Trans></h2>
      {words.mayDo.map((text) => <p key={text}>{text}</p>)}
      {denied.length === 0 ? <p className={styles.quiet}><Trans>No page has asked for a permission since the start.</Trans></p> : (
        <ul className={styles.list}>
          {denied.map(({ permission, times }) => (
            <li key={permission}><Trans>Asked for and denied: {permission}</Trans>, <Plural value={times} one="# time" other="# times" /></li>
          ))}
        </ul>
      )}
    </section>
  )
}

export function CardDataCard() {
  const words = usePostureWords()
  return (
    <section className={styles.card} aria-labelledby="security-cards">
      <h2 id="security-cards"><Trans>Card data</Trans></h2>
      {words.cardData.map((text) => <p key={text}>{text}</p>)}
    </section>
  )
}

/** Whom it spoke to, and what it wrote. */
export function DoneCard({ hosts, files }: Pick<Posture, 'hosts' | 'files'>) {
  return (
    <section className={styles.card} aria-labelledby="security-done">
      <h2 id="security-done"><Trans>What it has done</Trans></h2>
      <h3><Trans>Computers that it spoke to</Trans></h3>
      <Hosts hosts={hosts} />
      <p className={styles.quiet}><Trans>Counted since this folder was made. The counts stay on this computer.</Trans></p>
      <h3><Trans>Files in its folder</Trans></h3>
      <Files files={files} />
      <p className={styles.quiet}><Trans>What you had saved elsewhere is where you said, and is not listed here.</Trans></p>
    </section>
  )
}

function Hosts({ hosts }: Pick<Posture, 'hosts'>) {
  const format = useFormat()
  if (!hosts) return <p><Trans>The counts cannot be read.</Trans></p>
  if (hosts.length === 0) return <p><Trans>None yet.</Trans></p>
  return (
    <div className={tableStyles.scroll}>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col"><Trans>Computer</Trans></th>
            <th scope="col" className={styles.number}><Trans>Connections</Trans></th>
            <th scope="col" className={styles.number}><Trans>Requests</Trans></th>
            <th scope="col" className={styles.number}><Trans>Refused</Trans></th>
            <th scope="col"><Trans>First</Trans></th>
            <th scope="col"><Trans>Last</Trans></th>
          </tr>
        </thead>
        <tbody>
          {hosts.map(({ host, connections, requests, refused, first, last }) => (
            <tr key={host}>
              <th scope="row"><code>{host}</code></th>
              <td className={styles.number}>{format.count(connections)}</td>
              <td className={styles.number}>{format.count(requests)}</td>
              <td className={styles.number}>{format.count(refused)}</td>
              <td className={tableStyles.when}><time dateTime={first}>{format.dateTime(first)}</time></td>
              <td className={tableStyles.when}><time dateTime={last}>{format.dateTime(last)}</time></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Files({ files }: Pick<Posture, 'files'>) {
  const format = useFormat()
  const words = usePostureWords()
  if (!files) return <p><Trans>The folder cannot be read.</Trans></p>
  return (
    <div className={tableStyles.scroll}>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col"><Trans>What it is</Trans></th>
            <th scope="col"><Trans>Names</Trans></th>
            <th scope="col" className={styles.number}><Trans>Files</Trans></th>
            <th scope="col" className={styles.number}><Trans>Size</Trans></th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ kind, names, files: count, bytes }) => (
            <tr key={kind}>
              <th scope="row">{words.fileKinds[kind]}</th>
              <td className={styles.names}><code>{names.slice(0, namesShown).join(', ')}{names.length > namesShown && ' …'}</code></td>
              <td className={styles.number}>{format.count(count)}</td>
              <td className={styles.number}>{format.bytes(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const namesShown = 4
