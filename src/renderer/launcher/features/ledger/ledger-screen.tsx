import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useId } from 'react'
import type { LedgerCare } from '../../../../contract/ipc/ledger.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { BrokenScreen } from '../../../ui/broken-screen.tsx'
import { Button } from '../../../ui/button.tsx'
import { refusalWords } from '../../../words/refusal-words.ts'
import { useFeature } from '../../app/stores.ts'
import { DifferenceTable } from './difference-table.tsx'
import styles from './ledger-screen.module.css'
import { backupProblemWords, findingWord } from './ledger-words.ts'
import { OpenPurchases } from './open-purchases.tsx'

/** One thing that is done for the ledger: what it is for, how it stands, and the button that does it now. */
function Task({ title, purpose, action, children }: { title: string; purpose: string; action: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.task} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {action}
      </div>
      <p className={styles.purpose}>{purpose}</p>
      <div className={styles.result} aria-live="polite">{children}</div>
    </section>
  )
}

function Moment({ at }: { at: string }) {
  const format = useFormat()
  return <time className={styles.moment} dateTime={at}>{format.dateTime(at)}</time>
}

function VerificationResult({ care }: { care: LedgerCare }) {
  const { t } = useLingui()
  const { verification } = care
  switch (verification.kind) {
    case 'notYet':
      return <p><Trans>Not checked since Tuppence was started.</Trans></p>
    case 'running':
      return <p><Trans>Checking every entry…</Trans></p>
    case 'notPossible':
      return <Banner tone="open" title={<Trans>It could not be checked: the keychain did not give the key.</Trans>} />
    case 'clean':
      return (
        <Banner tone="good" title={<Plural value={verification.events} one="# entry checked, nothing was altered." other="# entries checked, nothing was altered." />}>
          <Moment at={verification.at} />
        </Banner>
      )
    case 'tampered': {
      const entry = verification.firstBadSeq
      const how = t(findingWord(verification.finding))
      return (
        <Banner tone="bad" title={<Trans>Entry {entry} {how}.</Trans>}>
          <p><Trans>From there on, nothing in this ledger can be relied on. It is only read and never overwritten.</Trans></p>
          <Moment at={verification.at} />
        </Banner>
      )
    }
    default:
      return assertNever(verification)
  }
}

function Check({ care }: { care: LedgerCare }) {
  const { t } = useLingui()
  const format = useFormat()
  const verify = useFeature('ledger', (state) => state.verify)
  const isRunning = useFeature('ledger', (state) => state.tasks.has('verify')) || care.verification.kind === 'running'
  const signed = care.countersigned
  return (
    <Task
      title={t`Check`}
      purpose={t`Every entry carries a seal over all entries before it. Checking tells whether anything was changed, removed or added from outside.`}
      action={<Button isPending={isRunning} isDisabled={care.events === null} onPress={() => void verify()}>{isRunning ? <Trans>Checking…</Trans> : <Trans>Check now</Trans>}</Button>}
    >
      <VerificationResult care={care} />
      {signed && (
        <p className={styles.note}>
          <Trans>Countersigned by the gateway up to entry {format.count(signed.seq)}, {format.dateTime(signed.at)}.</Trans>
        </p>
      )}
    </Task>
  )
}

function ComparisonResult({ care }: { care: LedgerCare }) {
  const { t } = useLingui()
  const compared = useFeature('ledger', (state) => state.compared)
  if (compared?.kind === 'unavailable') {
    return <Banner tone="open" title={<Trans>It could not be compared now.</Trans>}><p>{t(refusalWords[compared.reason].what)} {t(refusalWords[compared.reason].next)}</p></Banner>
  }
  const { reconciliation } = care
  if (!reconciliation) return <p><Trans>Not compared yet.</Trans></p>
  const { differences, matched, at } = reconciliation
  if (differences.length === 0) {
    return (
      <Banner tone="good" title={<Plural value={matched} _0="Ledger and gateway agree: nothing was charged." one="Ledger and gateway agree on # charge, to the cent." other="Ledger and gateway agree on # charges, to the cent." />}>
        <Moment at={at} />
      </Banner>
    )
  }
  return (
    <>
      <Banner tone="bad" title={<Plural value={differences.length} one="# difference between your ledger and the gateway." other="# differences between your ledger and the gateway." />}>
        <p><Trans>Compare these with your bank statement, and tell support about any charge that you did not make.</Trans></p>
        <Moment at={at} />
      </Banner>
      <DifferenceTable differences={differences} />
    </>
  )
}

function Compare({ care }: { care: LedgerCare }) {
  const { t } = useLingui()
  const reconcile = useFeature('ledger', (state) => state.reconcile)
  const isRunning = useFeature('ledger', (state) => state.tasks.has('reconcile'))
  return (
    <Task
      title={t`Compare with the gateway`}
      purpose={t`Once a day, and whenever you ask, your ledger is compared with the gateway’s list of everything that it charged to this device.`}
      action={<Button isPending={isRunning} onPress={() => void reconcile()}>{isRunning ? <Trans>Comparing…</Trans> : <Trans>Compare now</Trans>}</Button>}
    >
      <ComparisonResult care={care} />
    </Task>
  )
}

function BackUpProblem() {
  const { t } = useLingui()
  const backedUp = useFeature('ledger', (state) => state.backedUp)
  if (backedUp?.kind !== 'failed') return null
  return <Banner tone="bad" title={<Trans>No backup was made.</Trans>}><p>{t(backupProblemWords[backedUp.problem])}</p></Banner>
}

/** How many backups are listed; the others are in the folder. */
const listedBackups = 5

function Backups({ care }: { care: LedgerCare }) {
  const { t } = useLingui()
  const format = useFormat()
  const backUp = useFeature('ledger', (state) => state.backUp)
  const isRunning = useFeature('ledger', (state) => state.tasks.has('backUp'))
  const { backups, backupFolder } = care
  return (
    <Task
      title={t`Backups`}
      purpose={t`Made once a day when something was added, and checked before they count. They are used when the ledger itself is damaged.`}
      action={<Button isPending={isRunning} onPress={() => void backUp()}>{isRunning ? <Trans>Backing up…</Trans> : <Trans>Back up now</Trans>}</Button>}
    >
      <BackUpProblem />
      {backups.length === 0 ? <p><Trans>No backup yet.</Trans></p> : (
        <ul className={styles.backups}>
          {backups.slice(0, listedBackups).map(({ name, at, seq, bytes }) => (
            <li key={name}>
              <time dateTime={at}>{format.dateTime(at)}</time>
              <span><Plural value={seq} one="# entry" other="# entries" /></span>
              <span>{format.bytes(bytes)}</span>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.note}><Trans>Folder: <code>{backupFolder}</code></Trans></p>
    </Task>
  )
}

function RepairedBanner({ repaired }: { repaired: NonNullable<LedgerCare['repaired']> }) {
  const format = useFormat()
  const when = format.dateTime(repaired.at)
  return repaired.kind === 'restored' ? (
    <Banner tone="quiet" title={<Trans>This ledger was restored on {when}.</Trans>}>
      <p>
        {repaired.lostEvents === null
          ? <Trans>Nobody knows how many entries were lost.</Trans>
          : <Plural value={repaired.lostEvents} _0="No entry was lost." one="# entry was lost." other="# entries were lost." />}
      </p>
      <p><Trans>Purchases that the restored copy did not have are taken in again from the gateway.</Trans></p>
    </Banner>
  ) : (
    <Banner tone="quiet" title={<Trans>This ledger was started anew on {when}.</Trans>}>
      <p><Trans>The one before it is kept in the same folder under another name.</Trans></p>
    </Banner>
  )
}

function LedgerContent({ care }: { care: LedgerCare }) {
  return (
    <div className={styles.page}>
      {care.repaired && <RepairedBanner repaired={care.repaired} />}
      {care.openPurchases.length > 0 && <OpenPurchases purchases={care.openPurchases} />}
      <div className={styles.tasks}>
        <div className={styles.column}>
          <Check care={care} />
          <Backups care={care} />
        </div>
        <Compare care={care} />
      </div>
    </div>
  )
}

/** What keeps the record of purchases true, how it stands, and what a person can ask for. */
export function LedgerScreen() {
  const { t } = useLingui()
  const view = useFeature('ledger', (state) => state.view)
  const load = useFeature('ledger', (state) => state.load)
  const follow = useFeature('ledger', (state) => state.follow)
  useEffect(() => follow(), [follow])
  return (
    <section aria-label={t`Ledger`}>
      <h1 className="visually-hidden"><Trans>Ledger</Trans></h1>
      {view.kind === 'ok' && <LedgerContent care={view.care} />}
      {view.kind === 'broken' && <BrokenScreen onRetry={() => void load()} />}
    </section>
  )
}
