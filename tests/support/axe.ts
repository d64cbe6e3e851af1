import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Where react-aria keeps for some seconds what it had screen readers say, also of a button that has gone since. */
const announcer = '[data-live-announcer]'

/** What axe calls serious or critical, and landmarks that nobody can tell apart, by rule and place. Electron has no new page, hence legacy mode. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude(announcer).analyze()
  return violations
    .filter(({ id, impact }) => impact === 'serious' || impact === 'critical' || id === 'landmark-unique')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))
}
