import { createContext, useContext } from 'react'

/** Whether the page is in kiosk mode: nothing leads to files, boxes of the system or what is the operator's. */
export const KioskContext = createContext(false)

export const useIsKiosk = (): boolean => useContext(KioskContext)
