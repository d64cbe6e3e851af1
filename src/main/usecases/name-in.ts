/** The name of a file without its folders, by the separators of any system. */
export const nameIn = (file: string): string => file.split(/[\\/]/).at(-1) ?? file
