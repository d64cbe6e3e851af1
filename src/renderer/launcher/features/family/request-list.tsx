import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useDeferredValue, useState } from 'react'
import type { Request } from '../../../../contract/ipc/household.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { SearchField } from '../../../ui/search-field.tsx'
import { Segments } from '../../../ui/segments.tsx'
import table from '../../../ui/table.module.css'
import { denialWords } from '../../../words/denial-words.ts'
import { useFeature } from '../../app/stores.ts'
import { HouseholdTold } from '../household/household-told.tsx'
import { useMe } from '../household/use-member-names.ts'
import card from '../limits/limits-screen.module.css'
import { findRequests, type RequestState } from './find-requests.ts'
import styles from './family-screen.module.css'
import { RequestRow } from './request-row.tsx'

function NoRequests({ isGuardian }: { isGuardian: boolean }) {
  return (
    <p className={styles.quiet}>
      {isGuardian
        ? <Trans>Nobody has asked for anything. When a child or teen wants something that is beyond their limits, it is here.</Trans>
        : <Trans>You have not asked for anything. When something in the store is beyond your limits, you can ask a guardian for it there.</Trans>}
    </p>
  )
}

/** What was asked of guardians: what waits first, then what became of the others. */
export function RequestList({ requests }: { requests: readonly Request[] }) {
  const { t } = useLingui()
  const format = useFormat()
  const me = useMe()
  const told = useFeature('family', (state) => state.told)
  const [text, setText] = useState('')
  const [state, setState] = useState<RequestState>('all')
  const deferredText = useDeferredValue(text)
  const describe = ({ price, ended }: Request) => [format.money(price), ended?.note ?? '', ended?.reason ? t(denialWords[ended.reason]) : '', ended?.by ?? '']
  const found = findRequests(requests, { text: deferredText, state }, describe)
  const states = [
    { value: 'all', label: t`All` },
    { value: 'waiting', label: t`Waiting` },
    { value: 'ended', label: t`Ended` },
  ] as const
  return (
    <section className={card.card} aria-labelledby="requests">
      <h2 id="requests"><Trans>Requests</Trans></h2>
      {requests.length === 0 ? <NoRequests isGuardian={me?.role === 'guardian'} /> : (
        <>
          <div className={table.toolbar}>
            <SearchField label={t`Search the requests`} value={text} onChange={setText} />
            <Segments label={t`Show`} value={state} choices={states} onChange={setState} />
            <p aria-live="polite"><Plural value={found.length} one="# request" other="# requests" /></p>
          </div>
          {found.length === 0 && <p className={styles.quiet}><Trans>No request fits your search.</Trans></p>}
          <ul className={card.plainList}>
            {found.map((request) => <RequestRow key={request.requestId} request={request} isOwn={request.who.memberId === me?.memberId} />)}
          </ul>
        </>
      )}
      <HouseholdTold result={told} isFailureOnly />
    </section>
  )
}
