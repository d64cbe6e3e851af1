import { createRoot } from 'react-dom/client'
import { AppearanceProvider } from '../i18n/appearance.tsx'
import { guessAppearance } from '../i18n/guess-appearance.ts'
import '../styles/base.css'
import { SandboxStrip } from '../ui/sandbox-strip.tsx'
import { BrokenPage, ConfirmPage } from './confirm-page.tsx'
import './page.css'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')

// Fetched while main answers, so that the price does not wait for its letters.
void document.fonts.load('1rem "Inter Variable"')
const opened = await window.confirmation.challenge.get().catch(() => null)
const appearance = opened?.appearance ?? guessAppearance(navigator.languages)
createRoot(root).render(
  <AppearanceProvider appearance={appearance}>
    {appearance.sandbox && <SandboxStrip />}
    {opened ? <ConfirmPage first={opened} /> : <BrokenPage />}
  </AppearanceProvider>,
)
