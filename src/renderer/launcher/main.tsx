import { createRoot } from 'react-dom/client'
import '../styles/base.css'
import '../styles/press.css'
import { App } from './app/app.tsx'
import { startStores } from './app/start-stores.ts'
import { createStores, StoresContext } from './app/stores.ts'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')

const stores = createStores(window.tuppence)
startStores(stores)

createRoot(root).render(
  <StoresContext value={stores}>
    <App />
  </StoresContext>,
)
