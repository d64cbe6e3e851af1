import { expect } from '@playwright/test'
import type { Chapter } from '../chapter.ts'

export const security: Chapter = {
  title: 'every safeguard is measured, and what was sent can be read',
  async play({ launcher }, album) {
    const { page } = launcher
    await launcher.prefer('English', 'dark')
    await page.getByRole('link', { name: 'Security' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'safeguards are in order' })).toBeVisible()
    await album.take(page, 'security')
    const sent = page.getByRole('region', { name: 'What was sent with the last purchase' })
    await sent.getByText('What this device signed in it').click()
    await sent.scrollIntoViewIfNeeded()
    await expect(sent.locator('pre').nth(1)).toContainText('challengeDigest')
    await album.take(page, 'security-what-was-sent')
    await launcher.prefer('Deutsch', 'light')
    await page.locator('#content').evaluate((content) => content.scrollTo(0, 0))
    await album.take(page, 'security-german-light')
  },
}
