import { Trans, useLingui } from '@lingui/react/macro'
import type { Status } from '../../../../contract/ipc/status.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './status-banners.module.css'
import { RepairButton, RepairResult } from '../ledger/repair.tsx'
import { isRepairable, platformOf, statusProblems } from './status-problems.ts'
import { problemWords } from './status-words.ts'

/** Says what stands in the way of buying, and how to put it right. */
export function StatusBanners({ status }: { status: Status }) {
  const { t } = useLingui()
  const retry = useFeature('app', (state) => state.retry)
  const isRetrying = useFeature('app', (state) => state.isRetrying)
  const problems = statusProblems(status)
  if (problems.length === 0) return null
  const place = { platform: platformOf(navigator.platform), sandbox: status.appearance.sandbox }
  return (
    <section className={styles.banners} role="alert" aria-label={t`What is missing`}>
      {problems.map((problem, index) => {
        const words = problemWords(problem, place)
        return (
          <Banner
            key={problem.part}
            tone="bad"
            title={t(words.title)}
            actions={
              <div className={styles.actions}>
                {isRepairable(problem) && <RepairButton />}
                {index === 0 && (
                  <Button isPending={isRetrying} onPress={() => void retry()}>
                    {isRetrying ? <Trans>Trying…</Trans> : <Trans>Try again</Trans>}
                  </Button>
                )}
              </div>
            }
          >
            <p>{t(words.meaning)}</p>
            <p className={styles.fix}>{t(words.fix)}</p>
            {isRepairable(problem) && <RepairResult />}
            {problem.part === 'ledger' && <p className={styles.folder}><Trans>Folder: <code>{status.dataFolder}</code></Trans></p>}
          </Banner>
        )
      })}
    </section>
  )
}
