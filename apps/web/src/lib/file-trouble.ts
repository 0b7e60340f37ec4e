import { formatBytes } from './format.ts'

/** What a file can't be sent for, or null; `smaller` says what to do about one of more than `most` bytes. */
export const fileTrouble = (
  file: File | null,
  { most, smaller }: { readonly most: number; readonly smaller: string },
): string | null => {
  if (file === null) return 'Choose a file.'
  if (file.size === 0) return 'The file is empty.'
  return file.size > most ? `The file is larger than ${formatBytes(most)}. ${smaller}` : null
}
