import type { Protocol } from 'devtools-protocol'

/** Inches, as Electron and Chromium both count. */
const paper: Record<string, [number, number]> = {
  A0: [33.1, 46.8], A1: [23.4, 33.1], A2: [16.54, 23.4], A3: [11.7, 16.54], A4: [8.27, 11.7], A5: [5.83, 8.27], A6: [4.13, 5.83],
  Letter: [8.5, 11], Legal: [8.5, 14], Tabloid: [11, 17], Ledger: [17, 11],
}

/** Electron's print options in the protocol's words. */
export function pdfOptions(options: Electron.PrintToPDFOptions): Protocol.Page.printToPDFParameters {
  const { pageSize = 'Letter', margins, pageRanges, ...same } = options
  const [paperWidth, paperHeight] = typeof pageSize === 'string' ? (paper[pageSize] ?? paper['Letter']!) : [pageSize.width, pageSize.height]
  return {
    landscape: same.landscape,
    displayHeaderFooter: same.displayHeaderFooter,
    printBackground: same.printBackground,
    scale: same.scale,
    headerTemplate: same.headerTemplate,
    footerTemplate: same.footerTemplate,
    preferCSSPageSize: same.preferCSSPageSize,
    generateTaggedPDF: same.generateTaggedPDF,
    generateDocumentOutline: same.generateDocumentOutline,
    pageRanges,
    paperWidth,
    paperHeight,
    marginTop: margins?.top,
    marginBottom: margins?.bottom,
    marginLeft: margins?.left,
    marginRight: margins?.right,
  }
}
