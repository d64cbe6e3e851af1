/**
 * A PDF of PDFKit's that is the same bytes for the same content, on every run and computer. PDFKit itself dates by the clock,
 * compresses with the zlib of Node, whose output depends on what the processor can do, and puts titles unescaped into XML.
 */
import { zlibSync } from 'fflate'
import PdfKit from 'pdfkit'

export interface PdfHead {
  readonly title: string
  /** BCP 47. */
  readonly language: string
  readonly datedAt: string
}

/** What PDFKit's types do not tell of its parts. Its version is pinned; tests notice when another one does it otherwise. */
interface Part {
  readonly data: Record<string, unknown>
  buffer: Uint8Array[]
  finalize(): void
}

/** A4 in points of 1/72 inch. */
export const pageSize = { width: 595.28, height: 841.89 } as const

class SteadyDocument extends PdfKit {
  /** All bytes so far. Made when PDFKit's own constructor writes the first ones, so it must not be initialised here. */
  declare chunks: Uint8Array[] | undefined
  declare appendXML: (xml: string) => void

  override push(chunk: Uint8Array | null): boolean {
    this.chunks ??= []
    if (chunk) this.chunks.push(chunk)
    return true
  }

  override ref(data: object): PDFKit.PDFKitReference {
    const made = super.ref(data)
    const part = made as unknown as Part
    const finalize = part.finalize.bind(part)
    part.finalize = () => {
      // Metadata is to be found by programs that know nothing of PDF (ISO 32000-1, 14.3.2).
      if (part.buffer.length > 0 && part.data['Type'] !== 'Metadata') {
        part.buffer = [zlibSync(Buffer.concat(part.buffer))]
        part.data['Filter'] = 'FlateDecode'
      }
      finalize()
    }
    return made
  }

  _addInfo(): void {
    const { Title = '', Creator = '', CreationDate } = this.info
    this.appendXML(xmpOf(Title, Creator, `${CreationDate?.toISOString().slice(0, 19)}Z`))
  }
}

/** Tagged, and without a page yet. */
export function startPdf({ title, language, datedAt }: PdfHead): { readonly doc: PDFKit.PDFDocument; readonly end: () => Uint8Array[] } {
  const doc = new SteadyDocument({
    ...{ size: [pageSize.width, pageSize.height], margin: 0, autoFirstPage: false, bufferPages: true },
    ...{ compress: false, pdfVersion: '1.7', tagged: true, lang: language, displayTitle: true },
    // None of the fonts that every reader is said to have: those are not embedded.
    font: '',
    info: { Title: title, Creator: 'Tuppence', Producer: 'Tuppence', CreationDate: new Date(datedAt) },
  })
  return {
    doc,
    end: () => {
      doc.end()
      return doc.chunks ?? []
    },
  }
}

/** The document's data once more for programs that read XMP (ISO 16684-1). */
function xmpOf(title: string, tool: string, at: string): string {
  return `
    <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
      <xmp:CreateDate>${at}</xmp:CreateDate>
      <xmp:CreatorTool>${inXml(tool)}</xmp:CreatorTool>
    </rdf:Description>
    <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${inXml(title)}</rdf:li></rdf:Alt></dc:title>
    </rdf:Description>`
}

const inXml = (text: string): string => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)
