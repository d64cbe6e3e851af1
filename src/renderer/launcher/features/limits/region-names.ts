import { useLingui } from '@lingui/react/macro'
import { useWhose } from './whose.ts'

/** What the parts of the screen are called among its landmarks: with whose they are, where those of two are on one screen. */
export function useRegionNames() {
  const { t } = useLingui()
  const { memberId, isBesideAnother } = useWhose()
  if (!isBesideAnother) return { limits: t`Spending limits`, table: t`Limits as a table`, quietHours: t`Quiet hours`, pending: t`Changes that wait` }
  if (memberId === null) {
    return {
      limits: t`The household’s spending limits`,
      table: t`The household’s limits as a table`,
      quietHours: t`The household’s quiet hours`,
      pending: t`The household’s changes that wait`,
    }
  }
  return { limits: t`Your spending limits`, table: t`Your limits as a table`, quietHours: t`Your quiet hours`, pending: t`Your changes that wait` }
}
