import { Trans, useLingui } from '@lingui/react/macro'
import { type SyntheticEvent, useState } from 'react'
import { Link } from 'wouter'
import type { Change } from '../../../../contract/controls.ts'
import type { MonitoringView, Watch } from '../../../../contract/ipc/monitoring.ts'
import type { Harm } from '../../../../contract/ipc/risk.ts'
import { Button } from '../../../ui/button.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import table from '../../../ui/table.module.css'
import { harmWords, levelWords } from '../../../words/monitoring-words.tsx'
import { useFeature } from '../../app/stores.ts'
import { useMe, useMemberNames } from '../household/use-member-names.ts'
import { ChangeReview } from '../limits/change-review.tsx'
import card from '../limits/limits-screen.module.css'
import { useConsider } from '../limits/use-consider.ts'
import { useFormFocus } from '../limits/use-form-focus.ts'
import { ofMember, WhoseContext } from '../limits/whose.ts'
import styles from './monitoring-screen.module.css'

type View = Extract<MonitoringView, { kind: 'ok' }>
const harms: readonly Harm[] = ['takeover', 'burst']

/** The numbers that stand behind the words. */
function Numbers({ levels }: Pick<View, 'levels'>) {
  const { t } = useLingui()
  return (
    <details className={styles.behind}>
      <summary><Trans>From which score on</Trans></summary>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col"><Trans>Level</Trans></th>
              {harms.map((harm) => <th key={harm} scope="col">{t(harmWords[harm])}</th>)}
            </tr>
          </thead>
          <tbody>
            {levels.map((one) => (
              <tr key={one.level}>
                <th scope="row">{t(levelWords[one.level])}</th>
                {harms.map((harm) => {
                  const from = one[harm]
                  return <td key={harm}>{from ? <Trans>note {from.note} %, pause {from.pause} %, alert {from.alert} %</Trans> : '–'}</td>
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function Editor({ watch, levels }: { watch: Watch; levels: View['levels'] }) {
  const { t } = useLingui()
  const ask = useFeature('limits', (state) => state.ask)
  const edit = useFeature('limits', (state) => state.edit)
  const [chosen, setChosen] = useState({ takeover: watch.takeover, burst: watch.burst })
  const isSame = harms.every((harm) => chosen[harm] === watch[harm])
  const change: Change | null = isSame ? null : { kind: 'monitoring', ...chosen, ...ofMember(watch.memberId) }
  useConsider(change)
  const form = useFormFocus(true)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (change) void ask(change)
  }
  const choices = levels.map(({ level }) => ({ value: level, label: t(levelWords[level]) }))
  return (
    <form ref={form} className={card.form} onSubmit={submit} aria-label={t`When something is said`}>
      <div className={card.choices}>
        {harms.map((harm) => (
          <SelectField
            key={harm}
            label={t(harmWords[harm])}
            value={chosen[harm]}
            choices={choices}
            onChange={(level) => setChosen((before) => ({ ...before, [harm]: level }))}
          />
        ))}
      </div>
      <ChangeReview action={<Trans>Change it…</Trans>} onCancel={() => edit(null)} />
    </form>
  )
}

function OneWatch({ watch, levels }: { watch: Watch; levels: View['levels'] }) {
  const { t } = useLingui()
  const me = useMe()
  const { nameOf } = useMemberNames()
  const whose = watch.memberId ?? ''
  const isEdited = useFeature('limits', ({ editing }) => editing?.kind === 'monitoring' && editing.memberId === whose)
  const edit = useFeature('limits', (state) => state.edit)
  const hasCalendar = useFeature('controls', ({ view }) => view.kind === 'ok' && view.household !== null)
  const name = watch.memberId === null ? null : watch.memberId === me?.memberId ? t`${me.name} (you)` : nameOf(watch.memberId)
  return (
    <li className={styles.watch}>
      <div className={card.head}>
        <div>
          {name !== null && <p><strong><bdi>{name}</bdi></strong></p>}
          <dl className={styles.levels}>
            {harms.map((harm) => <div key={harm}><dt>{t(harmWords[harm])}</dt><dd>{t(levelWords[watch[harm]])}</dd></div>)}
          </dl>
        </div>
        {hasCalendar && watch.may !== 'look' && !isEdited && (
          <Button look="quiet" aria-label={name === null ? t`Change when something is said` : t`Change when something is said: ${name}`} onPress={() => edit({ kind: 'monitoring', memberId: whose })}>
            <Trans>Change</Trans>
          </Button>
        )}
      </div>
      {isEdited && <WhoseContext value={{ memberId: watch.memberId, may: watch.may }}><Editor watch={watch} levels={levels} /></WhoseContext>}
    </li>
  )
}

/** How watchful Tuppence is. Less watchful is a looser control: it waits a day and wants a second yes. */
export function WatchSection({ view }: { view: View }) {
  const hasCalendar = useFeature('controls', ({ view: controls }) => controls.kind !== 'ok' || controls.household !== null)
  return (
    <section className={card.card} aria-labelledby="watch">
      <h2 id="watch"><Trans>When something is said</Trans></h2>
      <p className={styles.quiet}>
        <Trans>Nothing is ever blocked by this. The confirm window says what is unusual, asks you to wait for a moment where it is more so, and in a household tells the guardians where it is clear.</Trans>
      </p>
      {!hasCalendar && <p className={styles.quiet}><Trans>It can be changed once there is a calendar and a currency: <Link className={card.link} href="/limits">set a first limit</Link>.</Trans></p>}
      <ul className={card.plainList}>{view.watch.map((watch) => <OneWatch key={watch.memberId ?? ''} watch={watch} levels={view.levels} />)}</ul>
      <Numbers levels={view.levels} />
    </section>
  )
}
