/** Where a file is from, and whether what it says counts. */
export interface Provenance {
  readonly source: string
  readonly trusted: boolean
}
