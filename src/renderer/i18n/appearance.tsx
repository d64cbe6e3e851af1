import { setupI18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { useLayoutEffect, useMemo, type ReactNode } from 'react'
import type { Appearance, Language } from '../../contract/ipc/status.ts'
import { KioskContext } from '../ui/kiosk-context.ts'
import { FormatContext } from './format-context.ts'
import { createFormat } from './format.ts'
import { messages as german } from './locales/de/messages.po'
import { messages as english } from './locales/en/messages.po'

// Both are small and come with the page: a second request would delay the first picture.
const messagesByLanguage: Record<Language, typeof english> = { en: english, de: german }

/** Shows its children in the person's language and colours. */
export function AppearanceProvider({ appearance, children }: { appearance: Appearance; children: ReactNode }) {
  const { language, locale, theme, kiosk = false } = appearance
  const i18n = useMemo(
    () => setupI18n({ locale: language, messages: { [language]: messagesByLanguage[language] } }),
    [language],
  )
  const format = useMemo(() => createFormat(locale), [locale])
  useLayoutEffect(() => {
    document.documentElement.lang = locale
    document.documentElement.dataset['theme'] = theme
    document.documentElement.toggleAttribute('data-kiosk', kiosk)
  }, [locale, theme, kiosk])
  return (
    <FormatContext value={format}>
      <KioskContext value={kiosk}><I18nProvider i18n={i18n}>{children}</I18nProvider></KioskContext>
    </FormatContext>
  )
}
