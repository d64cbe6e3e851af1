import { expect } from '@playwright/test'
import { longOffer } from '../../support/offers.ts'
import type { Chapter } from '../chapter.ts'

export const browse: Chapter = {
  title: 'browse the store',
  async play({ launcher }, album) {
    await expect(launcher.offer(longOffer.title)).toBeVisible()
    await album.take(launcher.page, 'store')
    await launcher.page.getByRole('searchbox').fill('gobl')
    await album.take(launcher.page, 'store-nothing-found')
    await launcher.page.getByRole('searchbox').fill('kobold')
    await expect(launcher.page.getByRole('article')).toHaveCount(6)
    await album.take(launcher.page, 'store-search')
    await launcher.page.getByRole('searchbox').fill('')
  },
}
