import { createFakeEventLog } from '../../support/fake-event-log.ts'
import { describeEventLog } from './event-log-contract.ts'

describeEventLog('in memory', async (clock, vault) => {
  const log = createFakeEventLog({ clock, vault })
  return { log, dispose: () => log.close() }
})
