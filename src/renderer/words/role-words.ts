import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Role } from '../../contract/controls.ts'

/** What a role is called. */
export const roleWords: Record<Role, MessageDescriptor> = {
  guardian: msg`Guardian`,
  adult: msg`Adult`,
  teen: msg`Teen`,
  child: msg`Child`,
}

/** What a role means, in one line. */
export const roleMeanings: Record<Role, MessageDescriptor> = {
  guardian: msg`Decides for the household and for minors, and answers what they ask for.`,
  adult: msg`Decides for themselves. The household’s limits hold for them too.`,
  teen: msg`A guardian sets their limits. They may be stricter with themselves.`,
  child: msg`A guardian sets their limits. They cannot change them.`,
}
