import { strict } from './not-implemented.ts'

/** A picture as PNG bytes; the parts of NativeImage that need no decoding. */
export function nativeImageFromPng(png: Buffer): Electron.NativeImage {
  const image = {
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    isEmpty: () => png.length === 0,
    // Width and height stand at fixed places of a PNG's first chunk (ISO/IEC 15948, 11.2.2).
    getSize: () => (png.length < 24 ? { width: 0, height: 0 } : { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }),
  } satisfies Pick<Electron.NativeImage, 'toPNG' | 'toDataURL' | 'isEmpty' | 'getSize'>
  return strict('NativeImage', image) as unknown as Electron.NativeImage
}
