import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import Bookmark from 'lucide-react/icons/bookmark'
import Trash from 'lucide-react/icons/trash'
import { type SyntheticEvent, useId, useState } from 'react'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { Button } from '../../../ui/button.tsx'
import panel from '../../../ui/panel.module.css'
import { TextField } from '../../../ui/text-field.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './saved-views.module.css'
import type { ViewProblem } from './views-store.ts'

const problemWords: Record<ViewProblem, MessageDescriptor> = {
  locked: msg`Your profile is not open any more. Open it and save again.`,
  full: msg`There is no room for another view. Remove one first.`,
  notKept: msg`The disk did not take it: this holds until Tuppence is closed.`,
  cardNumber: msg`There is the number of a card in it, which is never kept here. Take it out, and save again.`,
  broken: msg`Something in Tuppence failed. Nothing was changed.`,
}

/** As much as main keeps. */
const longestName = 60

interface SavedViewsProps {
  /** Of what is shown now. */
  readonly address: string
  readonly onOpen: (address: string) => void
}

/** What was saved under a name, and a way to save what is shown now. */
export function SavedViews(props: SavedViewsProps) {
  const forget = useFeature('views', (state) => state.forgetProblem)
  return (
    <DialogTrigger onOpenChange={forget}>
      <Button><Bookmark size={16} aria-hidden /><Trans>Saved views</Trans></Button>
      <Popover className={panel.panel ?? ''} placement="bottom end" offset={4}>
        <SavedViewsDialog {...props} />
      </Popover>
    </DialogTrigger>
  )
}

function SavedViewsDialog({ address, onOpen }: SavedViewsProps) {
  const { t } = useLingui()
  const saved = useFeature('views', (state) => state.saved)
  const problem = useFeature('views', (state) => state.problem)
  return (
    <Dialog className={styles.dialog ?? ''} aria-label={t`Saved views`}>
      {({ close }) => (
        <>
          {saved.length === 0
            ? <p className={styles.none}><Trans>Save what you look at often: search, filters and order under one name.</Trans></p>
            : <SavedList address={address} onOpen={(view) => { onOpen(view); close() }} />}
          <SaveForm address={address} />
          <p role="status" className={styles.problem}>{problem && t(problemWords[problem])}</p>
        </>
      )}
    </Dialog>
  )
}

function SavedList({ address, onOpen }: SavedViewsProps) {
  const { t } = useLingui()
  const saved = useFeature('views', (state) => state.saved)
  const remove = useFeature('views', (state) => state.remove)
  return (
    <ul className={styles.list} aria-label={t`Saved views`}>
      {saved.map((view) => (
        <li key={view.name} className={styles.view}>
          <Button
            look="quiet"
            className={styles.open}
            {...(view.address === address && { 'aria-current': 'true' as const })}
            onPress={() => onOpen(view.address)}
          >
            <bdi>{view.name}</bdi>
          </Button>
          <Button look="quiet" className={styles.remove} aria-label={t`Remove ${view.name}`} onPress={() => void remove(view.name)}>
            <Trash size={16} aria-hidden />
          </Button>
        </li>
      ))}
    </ul>
  )
}

function SaveForm({ address }: { address: string }) {
  const { t } = useLingui()
  const saved = useFeature('views', (state) => state.saved)
  const save = useFeature('views', (state) => state.save)
  const [name, setName] = useState('')
  const id = useId()
  const clean = name.trim().replaceAll(/\s+/g, ' ')
  const isKnown = saved.some((view) => view.name === clean)
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (clean !== '' && (await save({ name: clean, address }))) setName('')
  }
  return (
    <form id={id} className={styles.form} onSubmit={(event) => void submit(event)}>
      <TextField
        label={t`Save this view as`}
        value={name}
        onChange={setName}
        maxLength={longestName}
        note={isKnown ? <Trans>Replaces the view of that name.</Trans> : null}
      />
      <Button type="submit" isDisabled={clean === ''}>{isKnown ? <Trans>Replace</Trans> : <Trans>Save</Trans>}</Button>
    </form>
  )
}
