import { createRoot } from 'react-dom/client'
import '../styles/base.css'
import '../styles/press.css'
import { Root } from './app/root.tsx'
import { startStores } from './app/start-stores.ts'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')

createRoot(root).render(<Root sitting={startStores({ bridge: window.tuppence, input: window }).sitting} />)
