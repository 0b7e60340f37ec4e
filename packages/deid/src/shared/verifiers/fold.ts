/** Text as it is compared: case, accents and punctuation gone, words parted by one space. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The same without its spaces: `(555) 610-1179` and `5556101179` are one. */
export const squeeze = (folded: string): string => folded.replaceAll(' ', '')
