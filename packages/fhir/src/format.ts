import { isKnownType } from './r4-types.ts'

/** What a file is that is no FHIR in JSON, and what to do about it. */
const FORMATS = {
  'utf-16': 'text in UTF-16 or UTF-32: save it as UTF-8',
  'fhir-xml': 'FHIR in XML: export it as JSON (application/fhir+json)',
  cda: 'a CDA document (C-CDA): convert it to FHIR R4 in JSON first',
  html: 'a web page, perhaps a server that asked for a sign-in: fetch the file again',
  xml: 'XML, and no FHIR: export it as FHIR R4 in JSON',
  'hl7-v2': 'HL7 version 2: convert it to FHIR R4 in JSON first',
  csv: 'a table (CSV): export it as FHIR R4 in JSON',
  pdf: 'a PDF: export it as FHIR R4 in JSON',
  zip: 'a zip file: unpack it and import what is in it',
  gzip: 'gzip inside of gzip, or not unpacked: unpack it first',
  'json-array':
    'a list in JSON: put one resource on each line (NDJSON), or make it a Bundle of type collection',
} as const satisfies Record<string, string>

export type Format = keyof typeof FORMATS

/** A sentence that names a format and says what to do. */
export const formatMessage = (format: Format): string => `This is no FHIR in JSON but ${FORMATS[format]}.`

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte)

const isWide = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff) || bytes[0] === 0 || bytes[1] === 0

/** A line of names or values between commas, semicolons or tabs, with nothing of JSON in it. */
const CSV_LINE = /^[^{}[\]:<>,;\t]*(?:[,;\t][^{}[\]<>,;\t]*)+$/

/**
 * What the first line of a file gives away, by its bytes and its text (null where it is no UTF-8). `xml?` and
 * `csv?` are settled by the next line.
 */
export const formatOf = (bytes: Uint8Array, text: string | null): Format | 'xml?' | 'csv?' | null => {
  if (isWide(bytes)) return 'utf-16'
  if (startsWith(bytes, 0x1f, 0x8b)) return 'gzip'
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return 'zip'
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return 'pdf'
  const line = (text ?? new TextDecoder('latin1').decode(bytes.subarray(0, 4096))).trim()
  if (/^(?:MSH|FHS|BHS)[|^~&#]/.test(line)) return 'hl7-v2'
  if (line.startsWith('<')) return /^(?:<\?[^>]*\?>|<!--.*-->)$/.test(line) ? 'xml?' : xmlFormat(line)
  return CSV_LINE.test(line) ? 'csv?' : null
}

/** What XML is, by its root. */
export const xmlFormat = (text: string): Format => {
  const root = /<(?![?!])(?:[\w-]+:)?([\w-]+)/.exec(text)?.[1] ?? ''
  if (isKnownType(root)) return 'fhir-xml'
  if (root === 'ClinicalDocument') return 'cda'
  return root.toLowerCase() === 'html' || /<!doctype html/i.test(text) ? 'html' : 'xml'
}
