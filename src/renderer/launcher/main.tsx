import { createRoot } from 'react-dom/client'
import '../styles/base.css'
import '../styles/press.css'
import { goTo } from './app/hash-location.ts'
import { Root } from './app/root.tsx'
import { startStores } from './app/start-stores.ts'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')

const { sitting } = startStores({ bridge: window.tuppence, input: window, showStore: () => goTo('/') })
createRoot(root).render(<Root sitting={sitting} />)
