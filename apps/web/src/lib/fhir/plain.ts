/**
 * SNOMED CT's fully specified names end in what kind of concept it is, for terminologists:
 * https://confluence.ihtsdotools.org/display/DOCEG/Semantic+Tag. A reader of a chart knows a disorder from a
 * procedure by where it stands.
 */
const TAGS = [
  ...['administrative concept', 'assessment scale', 'attribute', 'basic dose form', 'body structure', 'cell'],
  ...[
    'cell structure',
    'clinical drug',
    'context-dependent category',
    'disorder',
    'disposition',
    'dose form',
  ],
  ...['environment', 'environment / location', 'ethnic group', 'event', 'finding', 'geographic location'],
  ...[
    'life style',
    'medicinal product',
    'medicinal product form',
    'morphologic abnormality',
    'navigational concept',
  ],
  ...[
    'observable entity',
    'occupation',
    'organism',
    'person',
    'physical force',
    'physical object',
    'procedure',
  ],
  ...['product', 'product name', 'qualifier value', 'racial group', 'record artifact', 'regime/therapy'],
  ...['religion/philosophy', 'role', 'situation', 'social concept', 'specimen', 'staging scale', 'substance'],
  ...['tumor staging', 'unit of presentation'],
]
const TAG = new RegExp(` \\((?:${TAGS.join('|')})\\)$`)

/** Words without such a tag at their end: "Asthma (disorder)" -> "Asthma". Others stay as they were sent. */
export const plainWords = (text: string): string => {
  const plain = text.replace(TAG, '')
  return plain.trim() === '' ? text : plain
}

/**
 * Codes that come without words, by the end of the address of the extension that they stand in:
 * https://hl7.org/fhir/us/core/STU6.1/ValueSet-birthsex.html
 */
const SEXES: Readonly<Record<string, string>> = {
  F: 'Female',
  M: 'Male',
  UNK: 'Unknown',
  OTH: 'Other',
  ASKU: 'Asked, not known',
}

/** The words of an extension's code; the code itself where there are none. */
export const extensionCode = (url: string | null, code: string | null): string | null =>
  code !== null && url !== null && /\/us-core-(?:birth)?sex$/.test(url) ? (SEXES[code] ?? code) : code
