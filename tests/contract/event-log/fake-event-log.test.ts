import { createFakeEventLog } from '../../support/fake-event-log.ts'
import { describeEventLog, type OpenSubject } from './event-log-contract.ts'
import { describeFamilyOf } from './family-contract.ts'
import { describeImportsOf } from './imports-contract.ts'
import { describeLimitsOf } from './limits-contract.ts'
import { describeRiskOf } from './risk-contract.ts'

const open: OpenSubject = async (clock, vault) => {
  const log = createFakeEventLog({ clock, vault })
  return { log, dispose: () => log.close() }
}

describeEventLog('in memory', open)
describeLimitsOf('in memory', open)
describeFamilyOf('in memory', open)
describeImportsOf('in memory', open)
describeRiskOf('in memory', open)
