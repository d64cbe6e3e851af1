import { Trans } from '@lingui/react/macro'
import type { Secret } from '../../../../contract/ipc/posture.ts'
import styles from './security.module.css'
import { usePostureWords } from './use-posture-words.ts'

/** Names under which the keychain keeps something, and never what. */
export function KeychainCard({ secrets }: { secrets: readonly Secret[] }) {
  const words = usePostureWords()
  return (
    <section className={styles.card} aria-labelledby="security-keychain">
      <h2 id="security-keychain"><Trans>What is in the keychain</Trans></h2>
      <p className={styles.quiet}><Trans>Names only. No page ever sees what they stand for. Beside these there may be a “probe” without a secret, which tells an empty keychain from a locked one.</Trans></p>
      <ul className={styles.secrets}>
        {secrets.map(({ name, kind, whose, isThere }) => (
          <li key={name}>
            <span><code>{name}</code></span>
            <span>{words.secretKinds[kind]}{whose !== null && <>: <bdi>{whose}</bdi></>}</span>
            <span className={styles.quiet}><IsThere isThere={isThere} /></span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function IsThere({ isThere }: Pick<Secret, 'isThere'>) {
  if (isThere === null) return <Trans>could not be asked</Trans>
  return isThere ? <Trans>there</Trans> : <Trans>not there</Trans>
}
