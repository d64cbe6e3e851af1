import { createContext, useContext } from 'react'
import { createFormat, type Format } from './format.ts'

export const FormatContext = createContext<Format>(createFormat('en'))

/** Formats of the language and region that the page is shown in. */
export function useFormat(): Format {
  return useContext(FormatContext)
}
